"use client";

import { Cell, Head, Table } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { AuditAnswer } from "@/lib/audit/audit-answer";
import { detailsOf, sentenceOf } from "./sentences";

type Names = ReadonlyMap<string, string>;

export function AuditTable({
  items,
  names,
  onActor,
}: {
  items: AuditAnswer[];
  names: Names;
  /** Asks for what this one did, under whatever name. */
  onActor: (id: string) => void;
}) {
  return (
    <Table label="Audit">
      <thead>
        <tr>
          <Head>When</Head>
          <Head>Who</Head>
          <Head>Did what</Head>
          <Head>From</Head>
        </tr>
      </thead>
      <tbody>
        {items.map((entry) => (
          <tr key={entry.id} className="hover:bg-sunken">
            <Cell className="whitespace-nowrap">
              <Moment at={entry.at} style="exact" />
            </Cell>
            <Cell className="whitespace-nowrap">
              <Actor entry={entry} onActor={onActor} />
              {entry.actorKind !== "person" && entry.actorKind !== entry.actor && (
                <span className="text-muted"> ({entry.actorKind})</span>
              )}
            </Cell>
            <Cell className="w-full min-w-64">
              <Did entry={entry} names={names} />
            </Cell>
            <Cell className="font-mono text-sm whitespace-nowrap text-muted">
              {entry.address ?? "here"}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Under the name of then. */
function Actor({
  entry: { actor, actorId },
  onActor,
}: {
  entry: AuditAnswer;
  onActor: (id: string) => void;
}) {
  if (actorId === null) return <span className="font-semibold">{actor}</span>;
  return (
    <button
      type="button"
      data-control
      title={`Only what ${actor} did, under any name`}
      className="font-semibold hover:underline"
      onClick={() => onActor(actorId)}
    >
      {actor}
    </button>
  );
}

function Did({ entry, names }: { entry: AuditAnswer; names: Names }) {
  const { before, subject, href, after } = sentenceOf(entry, names);
  const details = detailsOf(entry);
  return (
    <>
      <p className="[overflow-wrap:anywhere]">
        {before}
        {href ? (
          <PageLink href={href} className="text-accent underline underline-offset-3">
            {subject}
          </PageLink>
        ) : (
          subject && <b className="font-semibold">{subject}</b>
        )}
        {after}
      </p>
      {details.length > 0 && (
        <p className="text-sm [overflow-wrap:anywhere] text-muted">
          {details.map(([name, words]) => `${name}: ${words}`).join(" · ")}
        </p>
      )}
    </>
  );
}
