"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { SeveralSources } from "@/app/_identity/several-sources";
import { IncidentStatus } from "@/app/_incidents/incident-status";
import { checksOf, incidentHref, strengthOf } from "@/app/_incidents/naming";
import { suspectsQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { buttonClass } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { formatRate } from "@/app/_ui/format";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import { openIncidentsQuestion } from "@/app/(dashboard)/_cockpit/questions";
import type { IncidentAnswer } from "@/lib/http/answers";

/** Is the site on fire, since when, and what most likely did it. */
export function OpenIncidents() {
  const query = useQuery(openIncidentsQuestion);
  return (
    <Answered query={query} lines={1}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="flex items-center gap-2 rounded-lg bg-good-surface px-3.5 py-2.5 font-semibold text-good">
            <CircleCheck aria-hidden="true" size={16} /> No open incident
          </p>
        ) : (
          <Card title={`Open incidents: ${items.length}`} edge="bad" padded={false}>
            <ul>
              {items.map((incident) => (
                <OpenIncident key={incident.id} incident={incident} />
              ))}
            </ul>
          </Card>
        )
      }
    </Answered>
  );
}

function OpenIncident({ incident }: { incident: IncidentAnswer }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-grid px-3.5 py-2.5">
      <IncidentStatus incident={incident} />
      <div className="mr-auto min-w-0 basis-72">
        <PageLink href={incidentHref(incident.id)} className="link text-lg font-bold">
          {incident.title}
        </PageLink>
        <div className="text-muted">
          {incident.service ?? "no service"} · {incident.environment ?? "no environment"} · since{" "}
          <Moment at={incident.openedAt} /> <SeveralSources sources={incident.sources} />
        </div>
      </div>
      <LikelyCause incident={incident.id} />
      <PageLink href={incidentHref(incident.id)} className={buttonClass("primary")} data-control>
        Find the cause
      </PageLink>
    </li>
  );
}

function LikelyCause({ incident }: { incident: string }) {
  const { data } = useQuery(suspectsQuery(incident));
  const first = data?.suspects[0];
  if (!first) return null;
  const { passed, all } = checksOf(first);
  return (
    <div className="min-w-0 basis-64">
      <div className="font-semibold">
        {first.kind === "none" ? "No deployment explains this" : first.label}
      </div>
      <div className="text-muted">
        {data.verdict
          ? "a person's verdict"
          : `${strengthOf(first).toLowerCase()}, ${formatRate(first.probability)}`}
        {first.kind !== "none" && all > 0 && `, ${passed} of ${all} checks`}
      </div>
    </div>
  );
}
