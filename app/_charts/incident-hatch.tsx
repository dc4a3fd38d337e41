/** The hatching of incident spans, as an SVG pattern to be filled with. */
export function IncidentHatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={id}
        width="7"
        height="7"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="7" height="7" fill="var(--chart-incident)" opacity="0.1" />
        <rect width="2" height="7" fill="var(--chart-incident)" opacity="0.2" />
      </pattern>
    </defs>
  );
}
