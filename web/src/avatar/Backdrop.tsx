/**
 * A quiet office behind the interviewer, out of focus: a window, a shelf, a plant. Plain shapes, tokens only.
 * It is drawn at a quarter of its size and enlarged: nobody sees that in a blur, which would otherwise keep
 * a machine without graphics card from the face.
 */

const BOOKS: readonly [x: number, y: number, w: number, h: number, colour: string][] = [
  [1196, 222, 26, 92, "--office-book-a"],
  [1226, 210, 20, 104, "--office-book-b"],
  [1250, 230, 30, 84, "--office-book-c"],
  [1330, 236, 70, 78, "--office-book-c"],
  [1200, 392, 60, 74, "--office-book-b"],
  [1300, 366, 24, 100, "--office-book-c"],
  [1328, 378, 20, 88, "--office-book-a"],
  [1352, 370, 26, 96, "--office-book-b"],
  [1206, 540, 24, 94, "--office-book-c"],
  [1234, 552, 30, 82, "--office-book-a"],
  [1372, 548, 34, 86, "--office-book-b"],
];
const LEAVES = [-62, -40, -18, 4, 26, 48, 66];

export function Backdrop() {
  return (
    <svg
      viewBox="0 0 1600 900"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className="absolute top-0 left-0 size-1/4 origin-top-left scale-400 will-change-transform"
    >
      <defs>
        <linearGradient id="office-wall" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="var(--office-wall)" />
          <stop offset="1" stopColor="var(--office-low)" />
        </linearGradient>
        <radialGradient id="office-light" cx="0.2" cy="0.35" r="0.55">
          <stop offset="0" stopColor="var(--office-light)" />
          <stop offset="1" stopColor="var(--office-light)" stopOpacity="0" />
        </radialGradient>
        <filter id="office-far" x="-10%" y="-10%" width="120%" height="120%">
          <feGaussianBlur stdDeviation="13" />
        </filter>
      </defs>
      <rect width="1600" height="900" fill="url(#office-wall)" />
      <rect width="1600" height="900" fill="url(#office-light)" />
      <g filter="url(#office-far)">
        <g fill="var(--office-pane)">
          <path d="M150 90h150v250H150ZM316 90h150v250H316ZM150 356h150v250H150ZM316 356h150v250H316Z" />
        </g>
        <path d="M60 60h84v640H60ZM476 60h70v640H476Z" fill="var(--office-curtain)" />
        <g fill="var(--office-wood)">
          <path d="M1170 150h12v520h-12ZM1424 150h12v520h-12Z" />
          <path d="M1170 150h266v12H1170ZM1170 314h266v12H1170ZM1170 466h266v12H1170ZM1170 634h266v14H1170Z" />
        </g>
        {BOOKS.map(([x, y, width, height, colour]) => (
          <rect key={`${x}-${y}`} x={x} y={y} width={width} height={height} fill={`var(${colour})`} />
        ))}
        <g transform="translate(1530 640)" fill="var(--office-leaf)">
          {LEAVES.map((angle) => (
            <path key={angle} d="M0 0C34-70 30-170 0-250-30-170-34-70 0 0Z" transform={`rotate(${angle})`} />
          ))}
        </g>
        <path d="M1486 640h88l-14 130h-60Z" fill="var(--office-wood)" />
        <rect y="772" width="1600" height="128" fill="var(--office-low)" opacity="0.8" />
      </g>
    </svg>
  );
}
