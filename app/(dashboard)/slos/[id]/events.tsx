"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sloEventPages } from "@/app/_query/queries";
import { eventNames } from "@/app/_slos/naming";
import { ExportMenu } from "@/app/_ui/export-menu";
import { formatSeconds } from "@/app/_ui/format";
import { OutsideLink } from "@/app/_ui/outside-link";
import { PagedList } from "@/app/_ui/paged-list";
import { Segments } from "@/app/_ui/segments";
import { Empty } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { SloAnswer, SloEventAnswer } from "@/lib/http/slo-answers";
import { spentQuestion } from "./question";

const choices = ["bad", "all"] as const;

/** The rows behind the figures; first those that spent the budget. */
export function Events({ slo }: { slo: SloAnswer }) {
  const [shown, show] = useState<(typeof choices)[number]>("bad");
  const question = shown === "all" ? { limit: spentQuestion.limit } : spentQuestion;
  const query = useInfiniteQuery(sloEventPages(slo.id, question));
  const [, many] = eventNames[slo.indicator];
  return (
    <section aria-label={`The ${many} behind it`} className="space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto">
          {shown === "all" ? `All ${many}` : `The ${many} that spent the budget`}
        </h2>
        <Segments name="Which rows" choices={choices} value={shown} onChoose={show} />
        <ExportMenu
          path={`/api/v1/slos/${encodeURIComponent(slo.id)}/events`}
          search={shown === "all" ? {} : { good: "false" }}
        />
      </div>
      <PagedList
        query={query}
        lines={8}
        empty={
          <Empty
            title={shown === "all" ? `No ${many} in the window` : "Nothing spent the budget"}
          />
        }
      >
        {(items) => <EventTable label={many} items={items} />}
      </PagedList>
    </section>
  );
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
