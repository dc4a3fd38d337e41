import { formatCount } from "@/app/_ui/format";
import type { BackfillAnswer } from "@/lib/backfill/backfill-answer";

type Phase = BackfillAnswer["phases"][number];

/** What would not come: what is asked for once more at the end, and what was left out with its reason. */
export function LeftOut({ phase: { title, aside, leftOut, leftOutCount } }: { phase: Phase }) {
  const more = leftOutCount - leftOut.length;
  return (
    <>
      {aside > 0 && (
        <span className="block text-sm text-warning">
          {formatCount(aside)} would not come; asked for once more at the end
        </span>
      )}
      {leftOutCount > 0 && (
        <details className="text-sm">
          <summary className="cursor-pointer text-warning">
            {formatCount(leftOutCount)} would not come
            <span className="sr-only"> of {title}</span>
          </summary>
          <ul className="mt-1 grid gap-1 [overflow-wrap:anywhere]">
            {leftOut.map(({ item, reason, told }) => (
              <li key={item}>
                <span className="font-mono">{item}</span>{" "}
                {told ? "is here without its details" : "is left out"}: {reason}
              </li>
            ))}
            {more > 0 && <li className="text-muted">and {formatCount(more)} more</li>}
          </ul>
        </details>
      )}
    </>
  );
}
