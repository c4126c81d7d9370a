import type { Track } from "../../api";
import { useLanguage } from "../../i18n";
import { along, percent } from "./place";
import { STAR } from "./ScoreTrack";

const HEIGHT = 120;
const SCALE = [1, 2, 3, 4, 5];
const up = (score: number) => HEIGHT - (percent(score) / 100) * HEIGHT;

/** A competency's scores from left to right with their intervals. The table beside it says the same. */
export function TrackChart({ track }: { track: Track }) {
  const { report } = useLanguage().text;
  const { steps } = track;
  const places = steps.map((step, i) => ({ step, x: `${along(i, steps.length)}%`, y: up(step.score.value) }));
  return (
    <div className="mt-4 mb-2 grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-5 py-2 pr-4">
      <svg aria-hidden="true" width="100%" height={HEIGHT} className="overflow-visible">
        {SCALE.map((score) => (
          <text
            key={score}
            x="100%"
            y={up(score) + 5}
            textAnchor="end"
            className="fill-soft text-sm tabular-nums"
          >
            {score}
          </text>
        ))}
      </svg>
      <svg
        role="img"
        aria-label={report.progress.chart(track.name)}
        width="100%"
        height={HEIGHT}
        className="overflow-visible"
      >
        {SCALE.map((score) => (
          <line key={score} x1="0" x2="100%" y1={up(score)} y2={up(score)} className="stroke-line" />
        ))}
        {places.slice(1).map(({ step, x, y }, i) => (
          <line
            key={step.interview}
            x1={places[i]?.x}
            y1={places[i]?.y}
            x2={x}
            y2={y}
            strokeDasharray="2 4"
            className="stroke-accent"
          />
        ))}
        {places.map(({ step, x, y }) => (
          <svg key={step.interview} x={x} overflow="visible" aria-hidden="true">
            <rect
              x="-5"
              width="10"
              y={up(step.score.high)}
              height={up(step.score.low) - up(step.score.high)}
              className="fill-tile-pale"
            />
            {[step.score.low, step.score.high].map((end, i) => (
              <line
                // biome-ignore lint/suspicious/noArrayIndexKey: there are two ends
                key={i}
                x1="-5"
                x2="5"
                y1={up(end)}
                y2={up(end)}
                strokeWidth="1.5"
                className="stroke-accent"
              />
            ))}
            <line x1="0" x2="0" y1={up(step.score.low)} y2={up(step.score.high)} className="stroke-accent" />
            <path d={STAR} transform={`translate(0 ${y})`} className="fill-accent" />
          </svg>
        ))}
      </svg>
    </div>
  );
}
