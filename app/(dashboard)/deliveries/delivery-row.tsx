"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { deploymentHref } from "@/app/_deployments/naming";
import { incidentHref } from "@/app/_incidents/naming";
import { postAnswer } from "@/app/_query/answer";
import { Button } from "@/app/_ui/button";
import { Pill, type Tone } from "@/app/_ui/pill";
import { Cell } from "@/app/_ui/table";
import { announce } from "@/app/_ui/toasts";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";

const tones: Record<DeliveryAnswer["outcome"], Tone> = {
  pending: "accent",
  accepted: "good",
  ignored: "plain",
  failed: "bad",
};

export function DeliveryRow({ delivery }: { delivery: DeliveryAnswer }) {
  const { id, source, event, receivedAt, outcome, error, facts } = delivery;
  return (
    <tr className="hover:bg-sunken">
      <Cell className="whitespace-nowrap">
        <Moment at={receivedAt} style="seconds" />
      </Cell>
      <Cell className="whitespace-nowrap">{source}</Cell>
      <Cell className="whitespace-nowrap">{event}</Cell>
      <Cell>
        <Pill tone={tones[outcome]}>{outcome}</Pill>
      </Cell>
      <Cell className="min-w-56">
        {error && (
          <p>
            {error.detail} <code className="font-mono text-sm text-muted">{error.code}</code>
          </p>
        )}
        <Facts facts={facts} />
      </Cell>
      <Cell className="text-right">
        {(outcome === "failed" || outcome === "ignored") && <Replay id={id} />}
      </Cell>
    </tr>
  );
}

const shown = 4;

function Facts({ facts }: { facts: DeliveryAnswer["facts"] }) {
  return (
    <span className="flex flex-wrap gap-x-3 text-muted">
      {facts.slice(0, shown).map(({ type, id }) => {
        const href = hrefOf(type, id);
        return href ? (
          <PageLink key={`${type} ${id}`} href={href} className="link">
            {type}
          </PageLink>
        ) : (
          <span key={`${type} ${id}`}>{type}</span>
        );
      })}
      {facts.length > shown && <span>and {facts.length - shown} more</span>}
    </span>
  );
}

function hrefOf(type: DeliveryAnswer["facts"][number]["type"], id: string): string | null {
  if (type === "deployment") return deploymentHref(id);
  return type === "incident" ? incidentHref(id) : null;
}

function Replay({ id }: { id: string }) {
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => postAnswer(`/api/v1/deliveries/${encodeURIComponent(id)}/replay`),
    onSuccess: () => {
      announce("It is read once more.");
      void client.invalidateQueries({ queryKey: ["/api/v1/deliveries"] });
    },
    onError: (error) => announce(error.message),
  });
  return (
    <Button onClick={() => mutate()} disabled={isPending} data-control>
      <RotateCw aria-hidden="true" size={14} /> Replay
    </Button>
  );
}
