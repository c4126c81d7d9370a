/** A small family of line icons on a 20-unit grid. Decorative: the words beside them carry the meaning. */

const PATHS = {
  repeat: "M4 9a6 6 0 0 1 10.4-3.8L16 7M16 3.5V7h-3.5M16 11a6 6 0 0 1-10.4 3.8L4 13M4 16.5V13h3.5",
  moment: "M5.5 3h9M5.5 17h9M6.5 3c0 4 3.5 4.5 3.5 7s-3.5 3-3.5 7M13.5 3c0 4-3.5 4.5-3.5 7s3.5 3 3.5 7",
  skip: "M4.5 5.5 10 10l-5.5 4.5ZM11 5.5l5 4.5-5 4.5",
  pause: "M7 4.5v11M13 4.5v11",
  resume: "M6.5 4.5 15 10l-8.5 5.5Z",
  sound: "M3.5 8v4H6l4 3V5L6 8ZM13 7.5a3.6 3.6 0 0 1 0 5M15.2 5.2a6.8 6.8 0 0 1 0 9.6",
  muted: "M3.5 8v4H6l4 3V5L6 8ZM13 8l4 4M17 8l-4 4",
  finish: "M5 17V3.5M5 4h9.5l-2 3.25 2 3.25H5",
  send: "M4 10h11M10.5 5.5 15 10l-4.5 4.5",
  transcript: "M4.5 4.5h11M4.5 8.2h11M4.5 11.9h7.5M4.5 15.6h5",
  close: "M5 5l10 10M15 5 5 15",
  down: "M5 7.5l5 5 5-5",
  trash: "M4 5.5h12M8 5.5V3.8h4v1.7M5.5 5.5l.7 10.7h7.6l.7-10.7M8.4 8.5v5M11.6 8.5v5",
  download: "M10 3.5v9M6 9l4 4 4-4M4 16.5h12",
  minus: "M5 10h10",
  plus: "M5 10h10M10 5v10",
  sun: "M10 6.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4ZM10 2.5v1.7M10 15.8v1.7M2.5 10h1.7M15.8 10h1.7M4.7 4.7l1.2 1.2M14.1 14.1l1.2 1.2M4.7 15.3l1.2-1.2M14.1 5.9l1.2-1.2",
  moon: "M15.8 11.9A6.5 6.5 0 0 1 8.1 4.2a6.5 6.5 0 1 0 7.7 7.7Z",
  half: "M10 3.5a6.5 6.5 0 1 0 0 13ZM10 3.5a6.5 6.5 0 0 1 0 13",
  picture: "M3.5 4.5h13v11h-13ZM3.5 13l3.6-3.6 3 3 2.2-2 4.2 4M13 8.3a.9.9 0 1 0 0-1.8.9.9 0 0 0 0 1.8Z",
  check: "M4.5 10.5 8.5 14.5 15.5 6",
  ring: "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12Z",
  file: "M5.5 3h6L15 6.5V17H5.5ZM11.5 3v3.5H15M8 10h4.5M8 13h4.5",
  hidden: "M3 10s2.6-4.5 7-4.5S17 10 17 10s-2.6 4.5-7 4.5S3 10 3 10ZM4 16 16 4",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className = "size-5" }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
