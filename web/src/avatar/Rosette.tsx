/**
 * An İznik tile that speaks. A bud in the middle of eight tulips opens and shuts with the visemes, and the
 * coral in its heart shows only while there is a voice. Rests in silence; stands still under reduced
 * motion, where speaking is told by the bud standing a little open.
 */

import { useEffect, useRef } from "react";
import { type Motion, step, still } from "./motion";
import { REST } from "./mouth";
import { budPetal, heart, leaf, petal, tipRadius } from "./tile";
import type { InterviewerProps } from "./types";

const EIGHT = [0, 45, 90, 135, 180, 225, 270, 315];
const BETWEEN = EIGHT.map((angle) => angle + 22.5);
const BORDER = Array.from({ length: 32 }, (_, i) => (i + 0.5) * 11.25);
const PETAL = petal(94, 190, 43);
const PETAL_INSIDE = petal(100, 174, 27);
const PETAL_HEART = petal(106, 146, 12);
const LEAF = leaf(104, 205, 21);
const BORDER_LEAF = "M0-222C5-217 5-213 0-208-5-213-5-217 0-222Z";
const AJAR = { open: 0.4, wide: 0.5 };

interface Parts {
  heart: SVGEllipseElement | null;
  petals: SVGGElement | null;
  leaves: SVGGElement | null;
  back: (SVGPathElement | null)[];
  front: (SVGPathElement | null)[];
  veins: (SVGPathElement | null)[];
  lights: (SVGPathElement | null)[];
}

function draw(parts: Parts, motion: Motion): void {
  const { mouth } = motion;
  const { rx, ry } = heart(mouth);
  parts.heart?.setAttribute("rx", rx.toFixed(1));
  parts.heart?.setAttribute("ry", ry.toFixed(1));
  for (let i = 0; i < 8; i++) {
    const tip = tipRadius(mouth, i * 45);
    parts.front[i]?.setAttribute("d", budPetal(tip, 27));
    parts.veins[i]?.setAttribute("d", `M0-80V${(-tip - (90 - tip) * 0.34).toFixed(1)}`);
    parts.back[i]?.setAttribute("d", budPetal(tipRadius(mouth, i * 45 + 22.5) + 9, 22));
  }
  parts.petals?.setAttribute("transform", `scale(${(motion.bloom + motion.inner * 0.03).toFixed(4)})`);
  parts.leaves?.setAttribute(
    "transform",
    `rotate(${((motion.bloom - 1) * 60 + motion.outer * 1.6).toFixed(2)})`,
  );
  for (let i = 0; i < 8; i++) {
    const away = Math.abs(((i / 8 - motion.turn + 1.5) % 1) - 0.5) * 2;
    const glow = motion.light * Math.max(0, 1 - away * 2.6);
    parts.lights[i]?.setAttribute("opacity", glow.toFixed(3));
  }
}

export function Rosette({ track, mood, bearing, label }: InterviewerProps) {
  const parts = useRef<Parts>({
    heart: null,
    petals: null,
    leaves: null,
    back: [],
    front: [],
    veins: [],
    lights: [],
  });
  const wanted = useRef({ track, mood, bearing });
  wanted.current = { track, mood, bearing };
  const motion = useRef(still());

  useEffect(() => {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
    let frame = 0;
    let last = performance.now();
    draw(parts.current, motion.current);
    const tick = (time: number) => {
      const seconds = Math.min(0.1, Math.max(0, time - last) / 1000);
      last = time;
      const { track, mood, bearing } = wanted.current;
      step(motion.current, track, mood, bearing, seconds, time / 1000);
      draw(parts.current, motion.current);
      frame = requestAnimationFrame(tick);
    };
    const begin = () => {
      cancelAnimationFrame(frame);
      if (!calm.matches) frame = requestAnimationFrame(tick);
    };
    begin();
    calm.addEventListener("change", begin);
    return () => {
      cancelAnimationFrame(frame);
      calm.removeEventListener("change", begin);
    };
  }, []);

  useEffect(() => {
    if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    draw(parts.current, { ...still(), mouth: bearing === "speaking" ? AJAR : REST });
  }, [bearing]);

  const each = (list: "back" | "front" | "veins" | "lights", i: number) => (path: SVGPathElement | null) => {
    parts.current[list][i] = path;
  };

  return (
    <svg
      viewBox="-240 -240 480 480"
      role="img"
      aria-label={label}
      data-bearing={bearing}
      data-mood={mood}
      className="size-full select-none"
    >
      <circle r="236" fill="var(--tile-ground)" stroke="var(--tile-line)" strokeWidth="1.5" />
      <circle r="228" fill="none" stroke="var(--tile-line)" strokeWidth="4" />
      <g fill="var(--tile-sea)">
        {BORDER.map((angle) => (
          <path key={angle} d={BORDER_LEAF} transform={`rotate(${angle})`} />
        ))}
      </g>
      <circle r="203" fill="var(--tile-leaf)" stroke="var(--tile-line)" strokeWidth="1.5" />
      <g
        ref={(group) => {
          parts.current.leaves = group;
        }}
      >
        {BETWEEN.map((angle) => (
          <g key={angle} transform={`rotate(${angle})`}>
            <path d={LEAF} fill="var(--tile-deep)" />
            <path d="M0-114V-166" stroke="var(--tile-leaf)" strokeWidth="1.5" />
          </g>
        ))}
      </g>
      <g
        ref={(group) => {
          parts.current.petals = group;
        }}
      >
        {EIGHT.map((angle, i) => (
          <g key={angle} transform={`rotate(${angle})`}>
            <path d={PETAL} fill="var(--tile-ground)" stroke="var(--tile-line)" strokeWidth="2.5" />
            <path d={PETAL_INSIDE} fill="var(--tile-sea)" />
            <path d={PETAL_HEART} fill="var(--tile-ground)" />
            <path d={PETAL_INSIDE} fill="var(--tile-pale)" opacity="0" ref={each("lights", i)} />
          </g>
        ))}
      </g>
      <circle r="98" fill="var(--tile-ground)" stroke="var(--tile-line)" strokeWidth="2.5" />
      <ellipse
        fill="var(--tile-heart)"
        ref={(ellipse) => {
          parts.current.heart = ellipse;
        }}
      />
      <g fill="var(--tile-pale)" stroke="var(--tile-ground)" strokeWidth="1.5" strokeLinejoin="round">
        {BETWEEN.map((angle, i) => (
          <path key={angle} transform={`rotate(${angle})`} ref={each("back", i)} />
        ))}
      </g>
      <g fill="var(--tile-deep)" stroke="var(--tile-ground)" strokeWidth="2" strokeLinejoin="round">
        {EIGHT.map((angle, i) => (
          <path key={angle} transform={`rotate(${angle})`} ref={each("front", i)} />
        ))}
      </g>
      <g fill="none" stroke="var(--tile-pale)" strokeWidth="1.5" strokeLinecap="round">
        {EIGHT.map((angle, i) => (
          <path key={angle} transform={`rotate(${angle})`} ref={each("veins", i)} />
        ))}
      </g>
    </svg>
  );
}
