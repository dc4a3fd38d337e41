"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, Radio } from "lucide-react";
import { useEffect } from "react";
import { deliveryHref } from "@/app/_deliveries/naming";
import { OutcomePill } from "@/app/_deliveries/outcome-pill";
import { deliveriesQuery } from "@/app/_query/queries";
import { PageLink } from "@/app/_window/page-link";

/** Waits for a new source's first delivery; the live line says when to look. */
export function FirstDelivery({ source, since }: { source: string; since: string }) {
  const client = useQueryClient();
  const latest = useQuery(deliveriesQuery({ source, from: since, limit: 1 })).data?.items[0];
  const id = latest?.id;
  useEffect(() => {
    if (id !== undefined) void client.invalidateQueries({ queryKey: ["/api/v1/sources"] });
  }, [client, id]);
  if (!latest)
    return (
      <p role="status" className="flex items-center gap-2 text-muted">
        <Radio aria-hidden="true" size={16} className="animate-pulse text-accent" />
        Waiting for its first delivery. This lights up when it is here.
      </p>
    );
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-2 rounded-md bg-good-surface px-3 py-2 font-semibold text-good"
    >
      <CircleCheck aria-hidden="true" size={16} />
      Its first delivery is here: {latest.event} <OutcomePill outcome={latest.outcome} />
      <PageLink href={deliveryHref(latest.id)} className="underline underline-offset-3">
        Look at it
      </PageLink>
    </p>
  );
}
