"use client";

import { deliveryHref, factHref, factName } from "@/app/_deliveries/naming";
import { OutcomePill } from "@/app/_deliveries/outcome-pill";
import { Replay } from "@/app/_deliveries/replay";
import { Cell } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";

export function DeliveryRow({
  delivery,
  mayReplay,
}: {
  delivery: DeliveryAnswer;
  mayReplay: boolean;
}) {
  const { id, source, event, receivedAt, outcome, error, facts } = delivery;
  return (
    <tr className="hover:bg-sunken">
      <Cell className="whitespace-nowrap">
        <Moment at={receivedAt} style="exact" />
      </Cell>
      <Cell className="whitespace-nowrap">{source}</Cell>
      <Cell className="whitespace-nowrap">
        <PageLink href={deliveryHref(id)} className="link font-semibold">
          {event}
        </PageLink>
      </Cell>
      <Cell>
        <OutcomePill outcome={outcome} />
      </Cell>
      <Cell className="min-w-56">
        {error && (
          <p>
            {error.detail} <code className="font-mono text-sm text-muted">{error.code}</code>
          </p>
        )}
        <Facts facts={facts} />
      </Cell>
      {mayReplay && (
        <Cell className="text-right">
          {(outcome === "failed" || outcome === "ignored") && <Replay id={id} />}
        </Cell>
      )}
    </tr>
  );
}

const shown = 4;

function Facts({ facts }: { facts: DeliveryAnswer["facts"] }) {
  return (
    <span className="flex flex-wrap gap-x-3 text-muted">
      {facts.slice(0, shown).map((fact) => {
        const href = factHref(fact);
        const key = `${fact.type} ${fact.id}`;
        return href ? (
          <PageLink key={key} href={href} className="link">
            {factName(fact.type)}
          </PageLink>
        ) : (
          <span key={key}>{factName(fact.type)}</span>
        );
      })}
      {facts.length > shown && <span>and {facts.length - shown} more</span>}
    </span>
  );
}
