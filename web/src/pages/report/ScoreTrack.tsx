import type { Marked } from "../../api";
import { percent } from "./place";

/** İznik's eight-pointed star, around 0, 0. */
export const STAR = Array.from({ length: 16 }, (_, i) => {
  const radius = i % 2 === 0 ? 7 : 5.36;
  const angle = (i * Math.PI) / 8;
  return `${i === 0 ? "M" : "L"}${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
}).join("");

const STEPS = [1, 2, 3, 4, 5];

/** A score on its line from 1 to 5 with its interval. Decorative: the text beside it says the same. */
export function ScoreTrack({ score }: { score: Marked | null }) {
  const [low, high] = score ? [percent(score.low), percent(score.high)] : [0, 0];
  return (
    <svg aria-hidden="true" width="100%" height="22" className="block overflow-visible">
      <line x1="0" x2="100%" y1="11" y2="11" className="stroke-line" />
      {STEPS.map((step) => (
        <line
          key={step}
          x1={`${percent(step)}%`}
          x2={`${percent(step)}%`}
          y1="3"
          y2="19"
          className="stroke-line"
        />
      ))}
      {score && (
        <>
          <rect x={`${low}%`} y="6" width={`${high - low}%`} height="10" className="fill-tile-pale" />
          <line x1={`${low}%`} x2={`${high}%`} y1="11" y2="11" className="stroke-accent" />
          {[low, high].map((end, i) => (
            <line
              // biome-ignore lint/suspicious/noArrayIndexKey: there are two ends
              key={i}
              x1={`${end}%`}
              x2={`${end}%`}
              y1="6"
              y2="16"
              strokeWidth="1.5"
              className="stroke-accent"
            />
          ))}
          <svg x={`${percent(score.value)}%`} y="11" overflow="visible" aria-hidden="true">
            <path d={STAR} className="fill-accent" />
          </svg>
        </>
      )}
    </svg>
  );
}

/** The numbers over the lines. */
export function ScoreScale() {
  return (
    <svg aria-hidden="true" width="100%" height="18" className="block overflow-visible">
      {STEPS.map((step) => (
        <text
          key={step}
          x={`${percent(step)}%`}
          y="14"
          textAnchor="middle"
          className="fill-soft text-sm tabular-nums"
        >
          {step}
        </text>
      ))}
    </svg>
  );
}
