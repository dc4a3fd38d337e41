"use client";

import { formatValue } from "@/app/_charts/units";
import { useBeforeAfter } from "@/app/_graphs/use-before-after";
import { Card } from "@/app/_ui/card";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { DeploymentAnswer } from "@/lib/http/answers";

/** The service's signals in the half hour before it started and after it finished. */
export function BeforeAfter({ deployment }: { deployment: DeploymentAnswer }) {
  const { service, environment, startedAt, finishedAt } = deployment;
  const rows = useBeforeAfter(service, environment, startedAt, finishedAt);
  if (rows.length === 0) return null;
  return (
    <Card title="Before and after" padded={false}>
      <div className="px-3.5 pb-2">
        <Table label="Before and after">
          <thead>
            <tr>
              <Head>Median of half an hour</Head>
              <Head>Before</Head>
              <Head>After</Head>
              <Head>Change</Head>
            </tr>
          </thead>
          <tbody className="tabular">
            {rows.map(({ metric, title, unit, before, after }) => (
              <tr key={metric}>
                <Cell>{title}</Cell>
                <Cell>{formatValue(before, unit)}</Cell>
                <Cell>{formatValue(after, unit)}</Cell>
                <Cell>{changeWords(before, after)}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}

function changeWords(before: number | null, after: number | null): string {
  if (before === null || after === null || before === 0) return "–";
  const change = after / before - 1;
  if (change >= 1) return `${formatValue(after / before, "count")} times as much`;
  return `${change >= 0 ? "+" : "−"}${formatValue(Math.abs(change), "ratio")}`;
}
