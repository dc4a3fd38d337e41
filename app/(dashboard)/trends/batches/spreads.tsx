import type { ReactNode } from "react";
import { Card } from "@/app/_ui/card";
import { Figure } from "@/app/_ui/figure";
import { formatCount, formatSeconds, plural } from "@/app/_ui/format";
import type { BatchesAnswer } from "@/lib/http/insight-answers";

/** How large the usual batch is, and what of the deployments could not be told. */
export function Spreads({ answer }: { answer: BatchesAnswer }) {
  const { size, lines, branchAgeSeconds, deployments, unknown, sampled } = answer;
  return (
    <Card>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
        <Spread name="Changes, p50" of={size} format={formatCount} />
        <Spread name="Age of the oldest branch, p50" of={branchAgeSeconds} format={formatSeconds} />
        <Spread name="Lines changed, p50" of={lines} format={formatCount} />
        <Figure
          name="Deployments"
          value={formatCount(deployments)}
          below={
            unknown === 0
              ? "each with a known change set"
              : `${plural(unknown, "unknown change set")}, left out`
          }
        />
      </dl>
      <p className="mt-2.5 text-sm text-muted">
        Deployments in production other than rollbacks and redeploys. A branch's age runs from its
        first commit to its merge; lines are those added and deleted, where pull requests tell them.
        {sampled.n < sampled.of &&
          ` Lines and ages are of the newest ${formatCount(sampled.n)} of ${formatCount(sampled.of)}.`}
      </p>
    </Card>
  );
}

function Spread({
  name,
  of: { n, p50, p90 },
  format,
}: {
  name: ReactNode;
  of: BatchesAnswer["size"];
  format: (value: number | null) => string;
}) {
  return (
    <Figure name={name} value={format(p50)} below={`p90 ${format(p90)}, n ${formatCount(n)}`} />
  );
}
