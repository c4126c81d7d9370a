/** The small rosette that stands for the product. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="-16 -16 32 32" aria-hidden="true" className={className}>
      <circle r="16" fill="var(--accent)" />
      <g fill="var(--on-accent)">
        {[0, 60, 120, 180, 240, 300].map((angle) => (
          <path
            key={angle}
            d="M0-4C4-6 4.6-10 0-13.5-4.6-10-4-6 0-4Z"
            transform={angle === 0 ? undefined : `rotate(${angle})`}
          />
        ))}
      </g>
      <circle r="2.4" fill="var(--on-accent)" />
    </svg>
  );
}
