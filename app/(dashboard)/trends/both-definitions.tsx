"use client";

import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { FiguresAnswer } from "@/lib/http/figure-answers";

interface Row {
  name: string;
  read: (figures: FiguresAnswer) => string;
  /** In what DevLake's rule differs. */
  differs: string;
}

const rows: Row[] = [
  {
    name: "Deployment days a week",
    read: ({ deploymentFrequency }) => formatCount(deploymentFrequency.deploymentDaysPerWeek),
    differs: "its median over the weeks, where ours is the mean",
  },
  {
    name: "Lead time, p50",
    read: ({ leadTime: { p50Seconds, n } }) => `${formatSeconds(p50Seconds)} (n ${formatCount(n)})`,
    differs: "of pull requests, each stage rounded up to minutes, where ours is of changes",
  },
  {
    name: "Change fail rate",
    read: ({ changeFailRate: { rate, failed, n } }) =>
      `${formatRate(rate)} (${formatCount(failed)} of ${formatCount(n)})`,
    differs: "an incident is the latest deployment's of its project, whatever the gap",
  },
  {
    name: "Recovery time, p50",
    read: ({ recoveryTime: { p50Seconds, n } }) =>
      `${formatSeconds(p50Seconds)} (n ${formatCount(n)})`,
    differs: "from the deployment's finish to the incident's resolution",
  },
];

/** Our figures and DevLake's over the same window: why two tools say two numbers. */
export function BothDefinitions({
  ours,
  devlake,
}: {
  ours: FiguresAnswer;
  devlake: FiguresAnswer;
}) {
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
                <Cell className="text-right whitespace-nowrap tabular">{read(ours)}</Cell>
                <Cell className="text-right whitespace-nowrap tabular">{read(devlake)}</Cell>
                <Cell className="min-w-56 text-muted">{differs}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}
