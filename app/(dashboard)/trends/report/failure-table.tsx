"use client";

import { remedyNames } from "@/app/_deployments/naming";
import { formatSeconds } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { formatTime } from "@/app/_window/format-time";
import { PageLink } from "@/app/_window/page-link";
import { useTimezone } from "@/app/_window/timezone";
import type { FailureAnswer } from "@/lib/http/insight-answers";

/** What failed in the month, why it counts as failed, and what ended it. */
export function FailureTable({
  items,
  more,
  atOnce,
}: {
  items: FailureAnswer[];
  more: boolean;
  atOnce: number;
}) {
  const { timezone } = useTimezone();
  return (
    <>
      <h2 className="py-1">
        What failed{more && <span className="text-muted">, the newest {atOnce}</span>}
      </h2>
      <Table label="What failed" stacked>
        <thead>
          <tr>
            <Head>When</Head>
            <Head>Deployment</Head>
            <Head>Why it failed</Head>
            <Head>Ended by</Head>
            <Head className="text-right">Recovery</Head>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <Cell className="whitespace-nowrap tabular">
                {formatTime(item.at, timezone, "moment")}
              </Cell>
              <Cell label="Deployment">
                <PageLink href={`/deployments/${item.id}`} className="link">
                  {item.service} {item.version ?? item.revision?.slice(0, 7)}
                </PageLink>
              </Cell>
              <Cell label="Why it failed" className="text-muted">
                {item.incident?.title ?? item.reasons.at(-1) ?? item.reason}
              </Cell>
              <Cell label="Ended by" className="whitespace-nowrap">
                {item.heldBy ? remedyNames[item.heldBy] : "open"}
              </Cell>
              <Cell label="Recovery" className="text-right whitespace-nowrap tabular">
                {formatSeconds(item.recoverySeconds)}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
