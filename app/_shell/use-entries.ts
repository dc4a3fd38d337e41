"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { deploymentsQuery, incidentsQuery, servicesQuery } from "@/app/_query/queries";
import { places } from "@/app/_shell/places";
import { useViewer } from "@/app/_shell/viewer";
import { placesFor } from "@/app/(dashboard)/settings/places";

export interface Entry {
  href: string;
  label: string;
  words: string;
}
export interface EntryGroup {
  value: string;
  items: Entry[];
}

const shownDeployments = 200;

/** Everything the palette can jump to; a text that looks like a revision is offered as a change. */
export function useEntries(text: string): EntryGroup[] {
  const viewer = useViewer();
  const services = useQuery(servicesQuery()).data?.items;
  const incidents = useQuery(incidentsQuery({ limit: 50 })).data?.items;
  const deployments = useQuery(deploymentsQuery({ limit: shownDeployments })).data?.items;
  return useMemo(() => {
    const groups: EntryGroup[] = [
      {
        value: "Pages",
        items: places.map(({ href, name, says }) => ({ href, label: name, words: says })),
      },
      {
        value: "Settings",
        items: placesFor(viewer).map(({ href, name, says }) => ({
          href,
          label: `Settings: ${name}`,
          words: says,
        })),
      },
      {
        value: "Services",
        items: (services ?? []).map(({ name, team }) => ({
          href: `/services/${encodeURIComponent(name)}`,
          label: name,
          words: team ?? "",
        })),
      },
      {
        value: "Incidents",
        items: (incidents ?? []).map(({ id, title, service, resolvedAt }) => ({
          href: `/incidents/${encodeURIComponent(id)}`,
          label: title,
          words: `${service ?? ""} ${resolvedAt ? "resolved" : "open"}`,
        })),
      },
      {
        value: "Deployments",
        items: (deployments ?? []).map(({ id, service, environment, version, revision }) => ({
          href: `/deployments/${encodeURIComponent(id)}`,
          label: `${service} ${version ?? revision?.slice(0, 7) ?? ""}`,
          words: `${environment} ${revision ?? ""}`,
        })),
      },
    ];
    const revision = /^[0-9a-f]{7,40}$/i.test(text.trim()) ? text.trim() : null;
    if (revision)
      groups.unshift({
        value: "Changes",
        items: [
          { href: `/changes/${revision}`, label: `Change ${revision}`, words: "its journey" },
        ],
      });
    return groups.filter((group) => group.items.length > 0);
  }, [viewer, services, incidents, deployments, text]);
}
