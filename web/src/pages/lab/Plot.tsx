/** Sound, mouth shapes, target and drawn weights over one time axis. */

import { type ReactNode, useMemo } from "react";
import type { Viseme } from "../../avatar/types";
import type { Weights } from "../../avatar/visemes";
import { useText } from "../../i18n";
import { course, envelope, type Recording, target } from "./measure";
import type { Heard } from "./samples";

interface Props {
  heard: Heard;
  table: Readonly<Record<string, Weights>>;
  /** What was drawn last by timeline and by energy. */
  drawn: { timeline: Recording | null; energy: Recording | null };
}

const WIDTH = 1000;
const ROW = 90;
const LABELS = 26;

export function Plot({ heard, table, drawn }: Props) {
  const { lab } = useText();
  const { sentence, buffer } = heard;
  const total = sentence.durationMs;
  const x = (ms: number) => (ms / total) * WIDTH;
  const loudness = useMemo(() => envelope(buffer.getChannelData(0), buffer.sampleRate), [buffer]);
  const wanted = useMemo(() => target(sentence, table, "jawOpen"), [sentence, table]);
  const pressed = useMemo(() => target(sentence, table, "mouthRollLower"), [sentence, table]);
  const tick = (i: number) => x(i * 10);
  return (
    <figure className="overflow-x-auto">
      <div className="min-w-[44rem]">
        <Row label={lab.rows.sound}>
          <path d={area(loudness, tick, Math.max(...loudness, 0.01))} fill="var(--tile-pale)" />
        </Row>
        <Row label={lab.rows.sounds} height={LABELS}>
          <Shapes visemes={sentence.visemes} x={x} />
        </Row>
        <Row label={lab.rows.jaw}>
          <path
            d={line(wanted, tick, 0.45)}
            className="fill-none stroke-edge"
            strokeWidth="5"
            opacity="0.35"
          />
          <Course of={drawn.energy} unit="jawOpen" x={x} most={0.45} colour="stroke-coral" />
          <Course of={drawn.timeline} unit="jawOpen" x={x} most={0.45} colour="stroke-accent" />
        </Row>
        <Row label={lab.rows.lips}>
          <path
            d={line(pressed, tick, 0.6)}
            className="fill-none stroke-edge"
            strokeWidth="5"
            opacity="0.35"
          />
          <Course of={drawn.timeline} unit="mouthRollLower" x={x} most={0.6} colour="stroke-accent" />
        </Row>
      </div>
      <figcaption className="mt-2 flex flex-wrap gap-x-5 text-sm text-soft">
        <span>{lab.plot}:</span>
        <Key colour="bg-edge/40" label={lab.target} />
        <Key colour="bg-accent" label={`${lab.drawn}, ${lab.sources.timeline}`} />
        <Key colour="bg-coral" label={`${lab.drawn}, ${lab.sources.energy}`} />
      </figcaption>
    </figure>
  );
}

function Row({ label, height = ROW, children }: { label: string; height?: number; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8rem_1fr] items-center gap-3 border-b border-line py-1">
      <span className="text-sm text-soft">{label}</span>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="w-full"
        height={height}
      >
        {children}
      </svg>
    </div>
  );
}

function Key({ colour, label }: { colour: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={`inline-block h-1 w-5 rounded-full ${colour}`} />
      {label}
    </span>
  );
}

function Shapes({ visemes, x }: { visemes: readonly Viseme[]; x: (ms: number) => number }) {
  return visemes.map(([start, end, name]) => (
    <g key={start} className={name === "PP" || name === "FF" ? "text-accent" : "text-soft"}>
      <rect
        x={x(start)}
        width={Math.max(0, x(end) - x(start) - 1)}
        height={LABELS}
        rx="3"
        fill="currentColor"
        opacity={name === "sil" ? 0.05 : 0.16}
      />
      {name !== "sil" && (
        <text x={(x(start) + x(end)) / 2} y="17" textAnchor="middle" fontSize="11" fill="currentColor">
          {name}
        </text>
      )}
    </g>
  ));
}

interface CourseProps {
  of: Recording | null;
  unit: string;
  x: (ms: number) => number;
  most: number;
  colour: string;
}

/** What was drawn: a step a frame. */
function Course({ of, unit, x, most, colour }: CourseProps) {
  if (!of || of.frames === 0) return null;
  const values = course(of, unit);
  let path = `M${x(of.ms[0] ?? 0).toFixed(1)} ${y(values[0] ?? 0, most)}`;
  for (let i = 1; i < of.frames; i++) path += `H${x(of.ms[i] ?? 0).toFixed(1)}V${y(values[i] ?? 0, most)}`;
  return (
    <path d={path} className={`fill-none ${colour}`} strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
  );
}

const y = (value: number, most: number) => (ROW - (Math.min(value, most) / most) * (ROW - 6) - 3).toFixed(1);

function line(values: Float32Array, tick: (i: number) => number, most: number): string {
  return Array.from(values, (v, i) => `${i ? "L" : "M"}${tick(i).toFixed(1)} ${y(v, most)}`).join("");
}

function area(values: Float32Array, tick: (i: number) => number, most: number): string {
  return `M0 ${ROW}${line(values, tick, most).replace("M", "L")}L${WIDTH} ${ROW}Z`;
}
