"use client";

import { TrendBars } from "@/app/_charts/trend-bars";
import { remedyNames } from "@/app/_deployments/naming";
import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, plural } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { PageLink } from "@/app/_window/page-link";
import { useTimezone } from "@/app/_window/timezone";
import type { FiguresAnswer, MetricsAnswer } from "@/lib/http/figure-answers";
import { bucketsOf, ReworkChart, useOpen } from "./charts";
import { deploymentsBehind, type Scope } from "./scope";

const kinds = ["rollback", "revert", "fix_forward", "flag_off"] as const;
const parts = [
  { key: "rollback", label: "Rollback", colour: "var(--chart-rollback)" },
  { key: "revert", label: "Revert", colour: "var(--chart-revert)", hatched: true },
  { key: "fix_forward", label: "Fix-forward", colour: "var(--chart-fix-forward)" },
  { key: "flag_off", label: "Flag off", colour: "var(--chart-release)", hatched: true },
  { key: "none", label: "None", colour: "var(--chart-muted)" },
];

/** How failures end: how often by going back, how often by fixing forward. */
export function Remedies({ metrics, scope }: { metrics: MetricsAnswer; scope: Scope }) {
  const { timezone } = useTimezone();
  const open = useOpen(scope);
  return (
    <div id="remedies" className="grid gap-3 lg:grid-cols-2">
      <Card className="pt-2">
        <ReworkChart metrics={metrics} scope={scope} />
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
          onOpen={open({ failed: "true" })}
          emptyText="No failure yet"
        />
      </Card>
      <Card title="Remedies" padded={false} className="lg:col-span-2">
        <div className="px-3.5 pb-2">
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
  return (
    <>
      <p className="py-1">
        <b className="text-lg tabular">{formatRate(remedies.rollbackFirst)}</b> of failures with a
        remedy were answered by a rollback first.{" "}
        <span className="text-muted">
          {plural(failedRemedies, "remedy", "remedies")} failed, counted apart.
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
              <Cell>
                {kind === "flag_off" ? (
                  remedyNames[kind]
                ) : (
                  <PageLink href={deploymentsBehind(scope, { kind })} className="link">
                    {remedyNames[kind]}
                  </PageLink>
                )}
              </Cell>
              <Cell className="text-right">{formatCount(remedies[kind])}</Cell>
              <Cell className="text-right">{formatCount(remedies.tried[kind])}</Cell>
            </tr>
          ))}
          <tr>
            <Cell>
              <PageLink href={deploymentsBehind(scope, { failed: "true" })} className="link">
                {remedyNames.none}
              </PageLink>
            </Cell>
            <Cell className="text-right">{formatCount(remedies.none)}</Cell>
            <Cell className="text-right text-muted">–</Cell>
          </tr>
        </tbody>
      </Table>
    </>
  );
}
