import { classNames } from "@/app/_ui/class-names";

/** A sign of one path in the colour of the text; the words beside it say what it means. */
export function Glyph({
  icon: { path, viewBox },
  size = 16,
  className,
}: {
  icon: { path: string; viewBox: string };
  size?: number;
  className?: string;
}) {
  return (
    <svg
      aria-hidden="true"
      viewBox={viewBox}
      width={size}
      height={size}
      fill="currentColor"
      className={classNames("shrink-0", className)}
    >
      <path d={path} />
    </svg>
  );
}
