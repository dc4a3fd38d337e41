import type { ReactNode } from "react";
import { type Figure, rowsBehind, type Scope } from "@/app/_figures/figures";
import { formatCount, formatRate } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { formatTime } from "@/app/_window/format-time";
import { PageLink } from "@/app/_window/page-link";
import type { RemediesAnswer, RemedyFigures } from "@/lib/http/insight-answers";

type Group = RemediesAnswer["items"][number];

const remedies = [
  { key: "rollback", name: "Rolled back" },
  { key: "fix_forward", name: "Fixed forward" },
  { key: "revert", name: "Reverted" },
  { key: "flag_off", name: "Flag off" },
] as const;

/** A row for each team, service or month: what held, and of how many tries. */
export function ByGroup({
  answer: { by, items, total },
  scope,
  timezone,
}: {
  answer: RemediesAnswer;
  scope: Scope;
  timezone: string;
}) {
  return (
    <>
      <Table label={`Remedies by ${by}`}>
        <thead>
          <tr>
            <Head className="capitalize">{by}</Head>
            <Head className="text-right">Failures</Head>
            {remedies.map(({ key, name }) => (
              <Head key={key} className="text-right">
                {name}
              </Head>
            ))}
            <Head className="text-right">No remedy</Head>
            <Head className="text-right">Open</Head>
            <Head className="text-right">Rollback first</Head>
            <Head className="text-right">Fixed forward, not back</Head>
          </tr>
        </thead>
        <tbody className="tabular">
          {items.map((group) => (
            <Row
              key={group.name ?? ""}
              name={nameOf(group, by, timezone)}
              figures={group}
              href={(figure) => hrefOf(group, by, scope, figure)}
            />
          ))}
        </tbody>
        <tfoot className="font-semibold tabular">
          <Row name="All" figures={total} href={(figure) => rowsBehind(scope, figure)} />
        </tfoot>
      </Table>
      <p className="pt-1.5 text-sm text-muted">
        Each failure counts once, by what held; behind it how many tries there were. Of the failures
        that ended by going forward or back, the last column is the share that went forward, with
        its 95 % interval.
      </p>
    </>
  );
}

function Row({
  name,
  figures: { failures, held, tried, open, rollbackFirst, fixForwards },
  href,
}: {
  name: ReactNode;
  figures: RemedyFigures;
  href: (figure: Figure) => string | null;
}) {
  return (
    <tr>
      <Cell className="whitespace-nowrap">{name}</Cell>
      <Cell className="text-right">
        <Count n={failures} href={href("failed")} />
      </Cell>
      {remedies.map(({ key }) => (
        <Cell key={key} className="text-right whitespace-nowrap">
          <Count n={held[key]} href={href(`held_${key}`)} />{" "}
          <span className="text-muted">
            / <Count n={tried[key]} href={href(`tried_${key}`)} />
          </span>
        </Cell>
      ))}
      <Cell className="text-right">
        <Count n={held.none} href={href("held_none")} />
      </Cell>
      <Cell className="text-right">
        <Count n={open} href={href("open")} />
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        <Count
          n={rollbackFirst.first}
          href={href("rollback_first")}
          shown={formatRate(rollbackFirst.rate)}
        />{" "}
        <span className="text-muted">
          of <Count n={rollbackFirst.n} href={href("remedied")} />
        </span>
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        {formatRate(fixForwards.rate)}{" "}
        <span className="text-muted">
          of {formatCount(fixForwards.n)}
          {fixForwards.interval &&
            `, ${formatRate(fixForwards.interval.low)} to ${formatRate(fixForwards.interval.high)}`}
        </span>
      </Cell>
    </tr>
  );
}

/** A count that opens to its rows, or the rate that it makes in its place. */
function Count({
  n,
  href,
  shown = formatCount(n),
}: {
  n: number;
  href: string | null;
  shown?: string;
}) {
  if (n === 0 || href === null) return shown;
  return (
    <PageLink href={href} className="link">
      {shown}
    </PageLink>
  );
}

function nameOf(group: Group, by: RemediesAnswer["by"], timezone: string): string {
  if (by !== "month" || group.start === null) return group.name ?? `no ${by}`;
  const month = formatTime(new Date(group.start), timezone, "month");
  return group.partial ? `${month} (in part)` : month;
}

/** What is of no team has no list of its own. */
function hrefOf(
  { name, start, end }: Group,
  by: RemediesAnswer["by"],
  scope: Scope,
  figure: Figure,
): string | null {
  if (by === "month")
    return start && end ? rowsBehind(scope, figure, { stretch: { from: start, to: end } }) : null;
  return name === null ? null : rowsBehind({ ...scope, [by]: name }, figure);
}
