"use client";

import { factHref, factName } from "@/app/_deliveries/naming";
import { Card } from "@/app/_ui/card";
import { RowLine } from "@/app/_ui/line";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeliveryDetailAnswer } from "@/lib/ingest/read-delivery";

const meanings: Record<DeliveryDetailAnswer["outcome"], string> = {
  pending: "It is kept and will be read in a moment.",
  accepted: "It was read, and what it told is in the product.",
  ignored: "It was understood and is of no interest here.",
  failed: "It could not be read. It is kept whole: once the reason is gone, a replay reads it.",
};

const stopped = "Reading it was stopped before its end. It is kept, and tried again by itself.";

/** The outcome in words, its reason, and the facts it told. */
export function Became({ delivery }: { delivery: DeliveryDetailAnswer }) {
  const { outcome, error, facts, provider, source, actor, projectedAt } = delivery;
  return (
    <Card
      title="What became of it"
      padded={false}
      edge={outcome === "failed" ? "bad" : outcome === "accepted" ? "good" : undefined}
    >
      <p className="px-3.5 pb-2.5">
        {outcome === "pending" && error ? stopped : meanings[outcome]}
      </p>
      <dl className="pb-1.5">
        {error && (
          <RowLine name="Reason">
            {error.detail} <code className="font-mono text-sm text-muted">{error.code}</code>
          </RowLine>
        )}
        <RowLine name="It told">
          <Told facts={facts} />
        </RowLine>
        <RowLine name="Source">
          {source} <span className="text-muted">({provider})</span>
        </RowLine>
        {actor && <RowLine name="Said by">{actor}</RowLine>}
        <RowLine name="Received">
          <Moment at={delivery.receivedAt} style="full" />
        </RowLine>
        <RowLine name="Read">
          {projectedAt ? <Moment at={projectedAt} style="full" /> : "not yet"}
        </RowLine>
      </dl>
    </Card>
  );
}

const shown = 50;

function Told({ facts }: { facts: DeliveryDetailAnswer["facts"] }) {
  if (facts.length === 0) return <span className="text-muted">nothing</span>;
  return (
    <ul>
      {facts.slice(0, shown).map((fact) => {
        const href = factHref(fact);
        return (
          <li key={`${fact.type} ${fact.id}`} className="[overflow-wrap:anywhere]">
            {href ? (
              <PageLink href={href} className="text-accent underline underline-offset-3">
                {factName(fact.type)}
              </PageLink>
            ) : (
              factName(fact.type)
            )}{" "}
            <code className="font-mono text-sm text-muted">{fact.id}</code>
          </li>
        );
      })}
      {facts.length > shown && <li className="text-muted">and {facts.length - shown} more</li>}
    </ul>
  );
}
