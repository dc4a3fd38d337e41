import { indicatorNames, objectiveWords } from "@/app/_slos/naming";
import { SloState } from "@/app/_slos/slo-state";
import { Card } from "@/app/_ui/card";
import { formatCount, formatRate } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { SloAnswer } from "@/lib/http/slo-answers";
import type { ReportMonth } from "./month";

/** The objectives of the team, or of the whole, as they stood when the month ended. */
export function ObjectiveTable({
  items,
  month,
  team,
}: {
  items: SloAnswer[];
  month: ReportMonth;
  team: string | null;
}) {
  const shown = items.filter(({ scope }) => (scope.team ?? null) === team && isOfMany(scope));
  if (shown.length === 0) return null;
  return (
    <Card title={month.isRunning ? "Objectives now" : `Objectives at the end of ${month.title}`}>
      <Table label="Objectives">
        <thead>
          <tr>
            <Head>Objective</Head>
            <Head>State</Head>
            <Head className="text-right">Attained</Head>
            <Head className="text-right">Budget left</Head>
            <Head className="text-right">n</Head>
          </tr>
        </thead>
        <tbody className="tabular">
          {shown.map((item) => (
            <tr key={item.id}>
              <Cell>
                {indicatorNames[item.indicator]}{" "}
                <span className="text-muted">{objectiveWords(item)}</span>
              </Cell>
              <Cell className="whitespace-nowrap">
                <SloState state={item.state} />
              </Cell>
              <Cell className="text-right">{formatRate(item.attainment)}</Cell>
              <Cell className="text-right">{formatRate(item.budgetLeft)}</Cell>
              <Cell className="text-right">{formatCount(item.n)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

/** Those of single services and repositories have a page of their own. */
function isOfMany({ service, repository }: SloAnswer["scope"]): boolean {
  return service === undefined && repository === undefined;
}
