import { remedyNames } from "@/app/_deployments/naming";
import { Card } from "@/app/_ui/card";
import { formatCount, formatRate } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { RemediesAnswer, RemedyFigures } from "@/lib/http/insight-answers";

const kinds = ["rollback", "revert", "fix_forward", "flag_off", "none"] as const;

/** How failures ended, by team or service: the last line is all of them. */
export function RemedyTable({
  remedies: { total, items },
  by,
}: {
  remedies: RemediesAnswer;
  by: "Team" | "Service";
}) {
  return (
    <Card title="How failures ended">
      <p className="pb-1">
        {total.fixForwards.n === 0
          ? "No failure was ended by a rollback or a fix-forward."
          : `${formatRate(total.fixForwards.rate)} of the ${formatCount(total.fixForwards.n)} failures that a rollback or a fix-forward ended were fixed forward; ${formatRate(total.rollbackFirst.rate)} of those with a remedy were answered by a rollback first.`}
      </p>
      <Table label="How failures ended">
        <thead>
          <tr>
            <Head>{by}</Head>
            <Head className="text-right">Failures</Head>
            {kinds.map((kind) => (
              <Head key={kind} className="text-right first-letter:uppercase">
                {remedyNames[kind]}
              </Head>
            ))}
            <Head className="text-right">Open</Head>
          </tr>
        </thead>
        <tbody className="tabular">
          {items.map((item) => (
            <Line key={item.name} name={item.name ?? `no ${by.toLowerCase()}`} figures={item} />
          ))}
          <Line name="All" figures={total} strong />
        </tbody>
      </Table>
    </Card>
  );
}

function Line({
  name,
  figures: { failures, held, open },
  strong = false,
}: {
  name: string;
  figures: RemedyFigures;
  strong?: boolean;
}) {
  return (
    <tr className={strong ? "font-semibold" : undefined}>
      <Cell>{name}</Cell>
      <Cell className="text-right">{formatCount(failures)}</Cell>
      {kinds.map((kind) => (
        <Cell key={kind} className="text-right">
          {formatCount(held[kind])}
        </Cell>
      ))}
      <Cell className="text-right">{formatCount(open)}</Cell>
    </tr>
  );
}
