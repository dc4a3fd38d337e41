"use client";

import { TrendBars } from "@/app/_charts/trend-bars";
import { remedyNames } from "@/app/_deployments/naming";
import type { Scope } from "@/app/_figures/figures";
import { RowsLink } from "@/app/_figures/rows-link";
import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, plural } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { useTimezone } from "@/app/_window/timezone";
import type { FiguresAnswer, MetricsAnswer } from "@/lib/http/figure-answers";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { Few } from "./certainty";
import { bucketsOf, ReworkChart, useOpen } from "./charts";

const kinds = ["rollback", "revert", "fix_forward", "flag_off"] as const;
const parts = [
  { key: "rollback", label: "Rollback", colour: "var(--chart-rollback)" },
  { key: "revert", label: "Revert", colour: "var(--chart-revert)", hatched: true },
  { key: "fix_forward", label: "Fix-forward", colour: "var(--chart-fix-forward)" },
  { key: "flag_off", label: "Flag off", colour: "var(--chart-release)", hatched: true },
  { key: "none", label: "None", colour: "var(--chart-muted)" },
];

/** How failures end: how often by going back, how often by fixing forward. */
export function Remedies({
  metrics,
  scope,
  goals,
}: {
  metrics: MetricsAnswer;
  scope: Scope;
  goals: GoalAnswer[] | undefined;
}) {
  const { timezone } = useTimezone();
  const open = useOpen(scope);
  return (
    <div id="remedies" className="grid gap-3 lg:grid-cols-2">
      <Card className="pt-2">
        <ReworkChart metrics={metrics} scope={scope} goals={goals} />
      </Card>
      <Card className="pt-2">
        <TrendBars
          title="Remedies that held"
          unit="count"
          buckets={bucketsOf(metrics, partsOf)}
          size={metrics.bucket}
          timezone={timezone}
          total={{ value: held(metrics.total), n: metrics.total.changeFailRate.failed }}
          parts={parts}
          onOpen={open("failed")}
          emptyText="No failure yet"
        />
      </Card>
      <Card title="Remedies" padded={false} className="lg:col-span-2">
        <div className="grid items-start gap-x-8 px-3.5 pb-2 lg:grid-cols-2">
          <RemedyTable total={metrics.total} scope={scope} />
        </div>
      </Card>
    </div>
  );
}

function partsOf({ remedies, changeFailRate: { failed } }: FiguresAnswer) {
  const { rollback, revert, fix_forward, flag_off, none } = remedies;
  const all = rollback + revert + fix_forward + flag_off + none;
  return {
    value: failed === 0 && all === 0 ? null : all,
    n: failed,
    parts: { rollback, revert, fix_forward, flag_off, none },
  };
}

function held({ remedies }: FiguresAnswer): number {
  return kinds.reduce((sum, kind) => sum + remedies[kind], 0);
}

function RemedyTable({ total, scope }: { total: FiguresAnswer; scope: Scope }) {
  const { remedies, failedRemedies } = total;
  const { remedied, rolledBackFirst } = remedies;
  return (
    <>
      <p className="py-1">
        <b className="text-lg tabular">{formatRate(remedies.rollbackFirst)}</b> of failures with a
        remedy were answered by a rollback first:{" "}
        <RowsLink scope={scope} figure="rollback_first" n={rolledBackFirst}>
          {formatCount(rolledBackFirst)}
        </RowsLink>{" "}
        of <Few n={remedied} scope={scope} figure="remedied" bare />.{" "}
        <span className="text-muted">
          <RowsLink scope={scope} figure="failed_remedies" n={failedRemedies}>
            {plural(failedRemedies, "remedy", "remedies")}
          </RowsLink>{" "}
          failed, counted apart.
        </span>
      </p>
      <Table label="Remedies">
        <thead>
          <tr>
            <Head>Remedy</Head>
            <Head className="text-right">Held</Head>
            <Head className="text-right">Tried</Head>
          </tr>
        </thead>
        <tbody className="tabular">
          {kinds.map((kind) => (
            <tr key={kind}>
              <Cell>{remedyNames[kind]}</Cell>
              <Cell className="text-right">
                <RowsLink scope={scope} figure={`held_${kind}`} n={remedies[kind]}>
                  {formatCount(remedies[kind])}
                </RowsLink>
              </Cell>
              <Cell className="text-right">
                <RowsLink scope={scope} figure={`tried_${kind}`} n={remedies.tried[kind]}>
                  {formatCount(remedies.tried[kind])}
                </RowsLink>
              </Cell>
            </tr>
          ))}
          <tr>
            <Cell>{remedyNames.none}</Cell>
            <Cell className="text-right">
              <RowsLink scope={scope} figure="held_none" n={remedies.none}>
                {formatCount(remedies.none)}
              </RowsLink>
            </Cell>
            <Cell className="text-right text-muted">–</Cell>
          </tr>
        </tbody>
      </Table>
    </>
  );
}
