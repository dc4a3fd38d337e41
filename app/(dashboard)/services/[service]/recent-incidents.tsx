"use client";

import { useQuery } from "@tanstack/react-query";
import { IncidentStatus } from "@/app/_incidents/incident-status";
import { incidentHref } from "@/app/_incidents/naming";
import { incidentsQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";

export function RecentIncidents({
  service,
  environment,
}: {
  service: string;
  environment: string;
}) {
  const query = useQuery(incidentsQuery({ service, environment, limit: 5 }));
  return (
    <Card
      title="Recent incidents"
      padded={false}
      aside={
        <PageLink
          href={`/incidents?service=${encodeURIComponent(service)}`}
          className="link text-muted"
          data-control
        >
          All
        </PageLink>
      }
    >
      <Answered query={query} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="px-3.5 pb-3 text-muted">None yet.</p>
          ) : (
            <ul className="pb-1.5">
              {items.map((incident) => (
                <li key={incident.id} className="border-t border-grid px-3.5 py-2">
                  <PageLink href={incidentHref(incident.id)} className="link font-semibold">
                    {incident.title}
                  </PageLink>
                  <div className="flex flex-wrap items-center gap-x-2 text-muted">
                    <Moment at={incident.openedAt} />
                    <IncidentStatus incident={incident} />
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Card>
  );
}
