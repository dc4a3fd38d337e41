"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { sloEventPages } from "@/app/_query/queries";
import { eventNames } from "@/app/_slos/naming";
import { Button } from "@/app/_ui/button";
import { ExportMenu } from "@/app/_ui/export-menu";
import { formatSeconds } from "@/app/_ui/format";
import { OutsideLink } from "@/app/_ui/outside-link";
import { PagedList } from "@/app/_ui/paged-list";
import { Segments } from "@/app/_ui/segments";
import { Empty } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import { formatTime } from "@/app/_window/format-time";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { SloAnswer, SloEventAnswer } from "@/lib/http/slo-answers";
import { type EventsShown, eventsQuestion, type Rows, rowChoices } from "./question";

/** The rows behind the figures; first those that spent the budget. */
export function Events({
  slo,
  shown,
  onShow,
}: {
  slo: SloAnswer;
  shown: EventsShown;
  onShow: (next: { rows?: Rows; last?: null; day?: null }) => void;
}) {
  const question = eventsQuestion(shown, slo);
  const query = useInfiniteQuery(sloEventPages(slo.id, question));
  const [, many] = eventNames[slo.indicator];
  const part = partWords(shown);
  return (
    <section id="events" aria-label={`The ${many} behind it`} className="scroll-mt-16 space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto">
          {titles[shown.rows](many)}
          {part}
        </h2>
        {part !== "" && (
          <span data-control>
            <Button look="quiet" onClick={() => onShow({ last: null, day: null })}>
              <X aria-hidden="true" size={14} /> Whole window
            </Button>
          </span>
        )}
        <Segments
          name="Which rows"
          choices={rowChoices}
          value={shown.rows}
          onChoose={(rows) => onShow({ rows })}
        />
        <ExportMenu path={`/api/v1/slos/${encodeURIComponent(slo.id)}/events`} search={question} />
      </div>
      <PagedList
        query={query}
        lines={8}
        empty={
          <Empty
            title={
              shown.rows === "bad" ? `Nothing spent the budget${part}` : `No such ${many}${part}`
            }
          />
        }
      >
        {(items) => <EventTable label={many} items={items} />}
      </PagedList>
    </section>
  );
}

const titles: Record<Rows, (many: string) => string> = {
  bad: (many) => `The ${many} that spent the budget`,
  good: (many) => `The good ${many}`,
  all: (many) => `All ${many}`,
};

/** Which part of the window is shown, to be read after the title. */
function partWords({ last, day }: EventsShown): string {
  if (last !== null) return ` in the last ${formatSeconds(last)}`;
  return day === null ? "" : ` of ${formatTime(`${day}T00:00:00Z`, "UTC", "date")}, UTC`;
}

function EventTable({ label, items }: { label: string; items: readonly SloEventAnswer[] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Head>When</Head>
          <Head>What</Head>
          <Head className="text-right">Took</Head>
          <Head>Why</Head>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <Cell className="whitespace-nowrap">
              <Moment at={item.at} />
            </Cell>
            <Cell className="min-w-48 [overflow-wrap:anywhere]">
              <Named item={item} />
            </Cell>
            <Cell className="text-right whitespace-nowrap tabular">
              {formatSeconds(item.seconds)}
            </Cell>
            <Cell className="min-w-48">
              <b className={item.good ? "text-good" : "text-bad"}>{item.good ? "good" : "bad"}</b>:{" "}
              {item.reason}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Named({ item: { name, href } }: { item: SloEventAnswer }) {
  if (href === null) return name;
  if (!href.startsWith("/")) return <OutsideLink href={href}>{name}</OutsideLink>;
  return (
    <PageLink href={href} className="link">
      {name}
    </PageLink>
  );
}
