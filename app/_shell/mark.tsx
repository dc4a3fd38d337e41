/** A deployment line over a graph. */
export function Mark({ size = 18 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 18 18" fill="none">
      <path
        d="M1 12.5h5l2.5-1.5 1.5 1"
        stroke="var(--muted)"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
      <path
        d="M10 12l2.5-7 2 3.5L17 7"
        stroke="var(--bad)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M9.2 1v16" stroke="var(--accent)" strokeWidth="1.8" />
    </svg>
  );
}
