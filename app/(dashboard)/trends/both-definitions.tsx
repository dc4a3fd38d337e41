"use client";

import type { ReactNode } from "react";
import type { Figure, Scope } from "@/app/_figures/figures";
import { RowsLink } from "@/app/_figures/rows-link";
import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { FiguresAnswer } from "@/lib/http/figure-answers";

interface Shown {
  total: FiguresAnswer;
  scope: Scope;
}

interface Row {
  name: string;
  read: (shown: Shown) => ReactNode;
  /** In what DevLake's rule differs. */
  differs: string;
}

const rows: Row[] = [
  {
    name: "Deployment days a week",
    read: ({ total: { deploymentFrequency }, scope }) => (
      <>
        {formatCount(deploymentFrequency.deploymentDaysPerWeek)} (
        <N scope={scope} figure="deployments" n={deploymentFrequency.deployments} />)
      </>
    ),
    differs: "its median over the weeks, where ours is the mean",
  },
  {
    name: "Lead time, p50",
    read: ({ total: { leadTime }, scope }) => (
      <>
        {formatSeconds(leadTime.p50Seconds)} (<N scope={scope} figure="lead_time" n={leadTime.n} />)
      </>
    ),
    differs: "of pull requests, each stage rounded up to minutes, where ours is of changes",
  },
  {
    name: "Change fail rate",
    read: ({ total: { changeFailRate }, scope }) => (
      <>
        {formatRate(changeFailRate.rate)} (
        <RowsLink scope={scope} figure="failed" n={changeFailRate.failed}>
          {formatCount(changeFailRate.failed)}
        </RowsLink>{" "}
        of{" "}
        <RowsLink scope={scope} figure="judged" n={changeFailRate.n}>
          {formatCount(changeFailRate.n)}
        </RowsLink>
        )
      </>
    ),
    differs: "an incident is the latest deployment's of its project, whatever the gap",
  },
  {
    name: "Recovery time, p50",
    read: ({ total: { recoveryTime }, scope }) => (
      <>
        {formatSeconds(recoveryTime.p50Seconds)} (
        <N scope={scope} figure="restored" n={recoveryTime.n} />)
      </>
    ),
    differs: "from the deployment's finish to the incident's resolution",
  },
];

function N({ n, ...of }: { scope: Scope; figure: Figure; n: number }) {
  return (
    <RowsLink {...of} n={n}>
      n {formatCount(n)}
    </RowsLink>
  );
}

/** Our figures and DevLake's over the same window: why two tools say two numbers. */
export function BothDefinitions({
  ours,
  devlake,
  scope,
}: {
  ours: FiguresAnswer;
  devlake: FiguresAnswer;
  scope: Scope;
}) {
  const both = [
    { total: ours, scope },
    { total: devlake, scope: { ...scope, definition: "devlake" as const } },
  ];
  return (
    <Card title="By Pushline's rules and by DevLake's" padded={false}>
      <div className="px-3.5 pb-2">
        <Table label="Both definitions">
          <thead>
            <tr>
              <Head>Metric</Head>
              <Head className="text-right">Pushline</Head>
              <Head className="text-right">DevLake</Head>
              <Head>In what DevLake's differs</Head>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, read, differs }) => (
              <tr key={name}>
                <Cell>{name}</Cell>
                {both.map((shown) => (
                  <Cell
                    key={shown.scope.definition ?? "ours"}
                    className="text-right whitespace-nowrap tabular"
                  >
                    {read(shown)}
                  </Cell>
                ))}
                <Cell className="min-w-56 text-muted">{differs}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}
