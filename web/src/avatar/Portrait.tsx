/** A still picture of the interviewer: while the face loads, and where it cannot be drawn. */

import { useState } from "react";

interface Props {
  src: string;
  className?: string;
}

export function Portrait({ src, className = "" }: Props) {
  const [missing, setMissing] = useState("");
  if (!src || missing === src) return <Silhouette className={className} />;
  return (
    <img
      src={src}
      alt=""
      draggable={false}
      onError={() => setMissing(src)}
      className={`object-cover object-top ${className}`}
    />
  );
}

/** Somebody: for faces that have no picture. */
function Silhouette({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 200 200" aria-hidden="true" className={className}>
      <g fill="var(--tile-line)" opacity="0.5">
        <path d="M100 26c23 0 38 18 38 44 0 28-17 54-38 54S62 98 62 70c0-26 15-44 38-44Z" />
        <path d="M20 200c2-38 26-58 56-64 6 8 14 12 24 12s18-4 24-12c30 6 54 26 56 64Z" />
      </g>
    </svg>
  );
}
