import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import type { ReportMonth } from "./month";

interface Line {
  name: string;
  /** What is counted. */
  of: string;
  read: (total: FiguresAnswer) => { text: string; n: number };
}

const lines: Line[] = [
  {
    name: "Deployment frequency",
    of: "deployments",
    read: ({ deploymentFrequency: { deployments, perDay } }) => ({
      text: `${formatCount(perDay)} a day`,
      n: deployments,
    }),
  },
  {
    name: "Lead time for changes, p50",
    of: "changes",
    read: ({ leadTime: { n, p50Seconds } }) => ({ text: formatSeconds(p50Seconds), n }),
  },
  {
    name: "Lead time for changes, p90",
    of: "changes",
    read: ({ leadTime: { n, p90Seconds } }) => ({ text: formatSeconds(p90Seconds), n }),
  },
  {
    name: "Change fail rate",
    of: "deployments",
    read: ({ changeFailRate: { n, rate, interval } }) => ({
      text:
        interval === null
          ? formatRate(rate)
          : `${formatRate(rate)} (95 %: ${formatRate(interval.low)} to ${formatRate(interval.high)})`,
      n,
    }),
  },
  {
    name: "Failed deployment recovery time, p50",
    of: "restored failures",
    read: ({ recoveryTime: { n, p50Seconds } }) => ({ text: formatSeconds(p50Seconds), n }),
  },
  {
    name: "Deployment rework rate",
    of: "completed deployments",
    read: ({ reworkRate: { n, rate } }) => ({ text: formatRate(rate), n }),
  },
  {
    name: "Deployments that succeeded",
    of: "attempts",
    read: ({ deploymentSuccess: { n, rate } }) => ({ text: formatRate(rate), n }),
  },
];

/** The month's figures beside those of the month before, each with what it counts. */
export function FigureTable({
  month,
  total,
  before,
}: {
  month: ReportMonth;
  total: FiguresAnswer;
  before: FiguresAnswer | undefined;
}) {
  return (
    <Card title="The figures">
      <Table label="The figures" stacked>
        <thead>
          <tr>
            <Head>Metric</Head>
            <Head>{month.title}</Head>
            <Head>{month.before.title}</Head>
            <Head>Counted</Head>
          </tr>
        </thead>
        <tbody className="tabular">
          {lines.map(({ name, of, read }) => (
            <tr key={name}>
              <Cell>{name}</Cell>
              <Cell label={month.title} className="font-semibold">
                {read(total).text}
              </Cell>
              <Cell label={month.before.title}>{before ? read(before).text : "–"}</Cell>
              <Cell data-wide className="text-muted">
                {formatCount(read(total).n)} {of}
                {before && `, ${formatCount(read(before).n)} the month before`}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
