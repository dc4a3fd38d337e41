import { formatCount } from "@/app/_ui/format";

/** How much of a paged list stands below. */
export function ShownCount({ n, more }: { n: number; more: boolean }) {
  return (
    <p className="pb-1 text-muted" aria-live="polite">
      {formatCount(n)}
      {more ? " newest" : ""} of this range
    </p>
  );
}
