import { type BatchMeasure, classText } from "@/app/_figures/batch-classes";
import type { Scope } from "@/app/_figures/figures";
import { RowsLink } from "@/app/_figures/rows-link";
import { Card } from "@/app/_ui/card";
import { Figure } from "@/app/_ui/figure";
import { formatCount, formatSeconds, plural } from "@/app/_ui/format";
import type { BatchesAnswer } from "@/lib/http/insight-answers";

/** How large the usual batch is, and what of the deployments could not be told. */
export function Spreads({ answer, scope }: { answer: BatchesAnswer; scope: Scope }) {
  const { size, lines, branchAgeSeconds, deployments, unknown, sampled } = answer;
  return (
    <Card>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
        <Spread
          {...{ scope, of: size, format: formatCount }}
          name="Changes, p50"
          filter="changes"
        />
        <Spread
          {...{ scope, of: branchAgeSeconds, format: formatSeconds }}
          name="Age of the oldest branch, p50"
          filter="branchAge"
        />
        <Spread
          {...{ scope, of: lines, format: formatCount }}
          name="Lines changed, p50"
          filter="lines"
        />
        <Figure
          name="Deployments"
          value={
            <RowsLink
              scope={scope}
              figure="judged"
              n={deployments}
              label={`Deployments: ${deployments}`}
            >
              {formatCount(deployments)}
            </RowsLink>
          }
          below={
            unknown === 0 ? (
              "each with a known change set"
            ) : (
              <>
                <RowsLink
                  scope={scope}
                  figure="judged"
                  narrowed={{ changes: "unknown" }}
                  n={unknown}
                >
                  {plural(unknown, "unknown change set")}
                </RowsLink>
                , left out
              </>
            )
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
  scope,
  filter,
}: {
  name: string;
  of: BatchesAnswer["size"];
  format: (value: number | null) => string;
  scope: Scope;
  filter: BatchMeasure;
}) {
  const known = {
    ...{ scope, n, figure: "judged" as const },
    narrowed: { [filter]: classText({ from: 0, to: null }) },
  };
  return (
    <Figure
      name={name}
      value={
        <RowsLink {...known} label={`${name}: ${format(p50)}`}>
          {format(p50)}
        </RowsLink>
      }
      below={
        <>
          p90 {format(p90)}, <RowsLink {...known}>n {formatCount(n)}</RowsLink>
        </>
      }
    />
  );
}
