import { formatRate } from "@/app/_ui/format";

/** What is left of an error budget: a bar that empties, and the number beside it. */
export function BudgetBar({ left }: { left: number | null }) {
  if (left === null) return <span className="text-muted">–</span>;
  const shown = Math.max(0, Math.min(1, left));
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span aria-hidden="true" className="h-2 w-16 shrink-0 overflow-hidden rounded bg-grid">
        <span
          className={left <= 0 ? "block h-full bg-bad" : "block h-full bg-accent"}
          style={{ width: `${shown * 100}%` }}
        />
      </span>
      <span className="whitespace-nowrap tabular">
        {left < 0 ? `overspent by ${formatRate(-left)}` : formatRate(left)}
      </span>
    </span>
  );
}
