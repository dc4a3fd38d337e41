"use client";

import { deploymentHref } from "@/app/_deployments/naming";
import { SeveralSources } from "@/app/_identity/several-sources";
import { IncidentStatus } from "@/app/_incidents/incident-status";
import { incidentHref } from "@/app/_incidents/naming";
import { formatRate, formatSeconds } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { IncidentAnswer } from "@/lib/http/answers";

export function IncidentTable({ items }: { items: IncidentAnswer[] }) {
  const hasRecovery = items.some(({ recoverySeconds }) => recoverySeconds !== undefined);
  return (
    <Table label="Incidents">
      <thead>
        <tr>
          <Head>Opened</Head>
          <Head>Incident</Head>
          <Head>State</Head>
          <Head>Service</Head>
          <Head>Severity</Head>
          <Head>Cause</Head>
          {hasRecovery && <Head className="text-right">Recovery</Head>}
        </tr>
      </thead>
      <tbody>
        {items.map((incident) => (
          <tr key={incident.id} className="hover:bg-sunken">
            <Cell className="whitespace-nowrap">
              <Moment at={incident.openedAt} style="moment" />
            </Cell>
            <Cell className="min-w-56">
              <PageLink href={incidentHref(incident.id)} className="link font-semibold">
                {incident.title}
              </PageLink>{" "}
              <SeveralSources sources={incident.sources} />
            </Cell>
            <Cell>
              <IncidentStatus incident={incident} />
            </Cell>
            <Cell className="whitespace-nowrap">
              {incident.service ?? <span className="text-muted">none</span>}{" "}
              <span className="text-muted">{incident.environment}</span>
            </Cell>
            <Cell>{incident.severity ?? <span className="text-muted">–</span>}</Cell>
            <Cell className="whitespace-nowrap">
              <Cause incident={incident} />
            </Cell>
            {hasRecovery && (
              <Cell className="text-right whitespace-nowrap tabular">
                {formatSeconds(incident.recoverySeconds)}
              </Cell>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const wordsBy = {
  declared: "declared",
  verdict: "a person's verdict",
  match: "matched",
  devlake: "by DevLake's rules",
};

function Cause({ incident: { cause, verdict } }: { incident: IncidentAnswer }) {
  if (verdict?.verdict === "none") return <span className="text-muted">no change did it</span>;
  if (!cause) return <span className="text-muted">none above the threshold</span>;
  const words = `${wordsBy[cause.by]}${cause.probability === null ? "" : `, ${formatRate(cause.probability)}`}`;
  if (cause.kind === "release")
    return (
      <>
        a release <span className="text-muted">({words})</span>
      </>
    );
  return (
    <>
      <PageLink href={deploymentHref(cause.id)} className="link">
        a deployment
      </PageLink>{" "}
      <span className="text-muted">({words})</span>
    </>
  );
}
