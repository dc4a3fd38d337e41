"use client";

import { OutcomePill } from "@/app/_deliveries/outcome-pill";
import { addressOf } from "@/app/_query/address";
import { Card } from "@/app/_ui/card";
import { formatCount } from "@/app/_ui/format";
import { Empty } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import { PageLink } from "@/app/_window/page-link";
import type { SourceHealthAnswer } from "@/lib/http/source-health-answers";

/** What became of what it sent: unknown events too, by their names. */
export function Outcomes({
  source,
  outcomes,
}: {
  source: string;
  outcomes: SourceHealthAnswer["outcomes"];
}) {
  return (
    <Card
      title="What became of it, last 28 days"
      aside={
        <PageLink
          href={addressOf("/deliveries", { source })}
          className="text-accent underline underline-offset-3"
        >
          All deliveries
        </PageLink>
      }
    >
      {outcomes.length === 0 ? (
        <Empty title="Nothing has arrived yet" />
      ) : (
        <Table label="Deliveries by event and outcome" stacked>
          <thead>
            <tr>
              <Head>Event</Head>
              <Head>Outcome</Head>
              <Head>Why</Head>
              <Head className="text-right">Deliveries</Head>
            </tr>
          </thead>
          <tbody>
            {outcomes.map(({ event, outcome, reason, deliveries }) => (
              <tr key={`${event} ${outcome} ${reason}`}>
                <Cell label="Event" className="font-mono text-sm [overflow-wrap:anywhere]">
                  {event}
                </Cell>
                <Cell label="Outcome">
                  <OutcomePill outcome={outcome} />
                </Cell>
                <Cell label="Why" className="text-muted [overflow-wrap:anywhere]">
                  {reason}
                </Cell>
                <Cell label="Deliveries" className="text-right tabular">
                  {formatCount(deliveries)}
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
