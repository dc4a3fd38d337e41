import { formatCount } from "@/app/_ui/format";
import type { BackfillAnswer } from "@/lib/backfill/backfill-answer";
import { LeftOut } from "./left-out";

type Phase = BackfillAnswer["phases"][number];

/** What is fetched, part by part, with how much of it was new. */
export function Phases({ backfill: { phases, kind, subject } }: { backfill: BackfillAnswer }) {
  return (
    <ul className="mt-2 grid gap-x-6 gap-y-1.5 sm:grid-cols-2 lg:grid-cols-3">
      {phases.map((phase) => (
        <li key={phase.name} className="min-w-0">
          <span className="text-sm text-muted">{phase.title}</span>
          <span className="block tabular">{told(phase, kind)}</span>
          {phase.state === "running" && phase.pages !== null && phase.pages > 1 && (
            <progress
              className="block h-1.5 w-full accent-[var(--accent)]"
              aria-label={`${phase.title} of ${subject}`}
              value={phase.pagesRead}
              max={phase.pages}
            />
          )}
          {phase.problem && (
            <span className="block text-sm text-warning [overflow-wrap:anywhere]">
              {phase.problem}
            </span>
          )}
          <LeftOut phase={phase} />
        </li>
      ))}
    </ul>
  );
}

function told(
  { state, found, fresh, pages, pagesRead }: Phase,
  kind: BackfillAnswer["kind"],
): string {
  if (state === "waiting") return "not yet asked for";
  if (state === "skipped" && found === 0) return "left out";
  const counted = `${formatCount(found)}, ${formatCount(fresh)} of them ${kind === "missed" ? "asked for again" : "new"}`;
  if (state !== "running") return state === "skipped" ? `${counted}; then left out` : counted;
  return pages === null
    ? counted
    : `${counted}; page ${formatCount(pagesRead)} of ${formatCount(pages)}`;
}
