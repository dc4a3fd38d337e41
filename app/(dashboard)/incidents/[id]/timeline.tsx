"use client";

import { useQuery } from "@tanstack/react-query";
import { deploymentHref, remedyNames } from "@/app/_deployments/naming";
import { deploymentQuery } from "@/app/_query/queries";
import { Card } from "@/app/_ui/card";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer, IncidentAnswer, SuspectsAnswer } from "@/lib/http/answers";

interface Entry {
  at: string;
  words: string;
  href?: string;
}

/** What happened, in order: the change, the signs, the people, the remedies, the end. */
export function Timeline({
  incident,
  suspects,
}: {
  incident: IncidentAnswer;
  suspects: SuspectsAnswer | undefined;
}) {
  const likely = suspects?.suspects[0];
  const cause = incident.cause?.id ?? (likely?.kind === "deployment" ? likely.id : null);
  const isDeployment = incident.cause ? incident.cause.kind === "deployment" : true;
  const deployment = useQuery({
    ...deploymentQuery(cause ?? ""),
    enabled: cause !== null && isDeployment,
  }).data;
  const entries = [
    ...incidentEntries(incident),
    ...(deployment ? deploymentEntries(deployment) : []),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <Card title="Timeline" padded={false}>
      <ol className="pb-1.5">
        {entries.map(({ at, words, href }) => (
          <li
            key={`${at} ${words}`}
            className="grid grid-cols-[120px_minmax(0,1fr)] border-t border-grid px-3.5 py-1.5"
          >
            <span className="text-muted">
              <Moment at={at} style="seconds" />
            </span>
            {href ? (
              <PageLink href={href} className="link">
                {words}
              </PageLink>
            ) : (
              <span>{words}</span>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function incidentEntries(incident: IncidentAnswer): Entry[] {
  const { firstSignAt, openedAt, acknowledgedAt, resolvedAt, verdict, signs } = incident;
  // What one source alone declares is the incident itself, which has its own lines.
  const told = signs.some(({ source }) => source !== signs[0]?.source)
    ? signs
    : signs.filter(({ kind }) => kind === "alert");
  return [
    ...(firstSignAt !== openedAt ? [{ at: firstSignAt, words: "First sign" }] : []),
    { at: openedAt, words: "Incident opened" },
    ...told.flatMap(({ kind, source, name, startedAt, endedAt }) => {
      const [begins, ends] =
        kind === "alert"
          ? [`Alert ${name} fires`, `Alert ${name} ends`]
          : [`${source} opens: ${name}`, `${source} resolves: ${name}`];
      return [{ at: startedAt, words: begins }, ...(endedAt ? [{ at: endedAt, words: ends }] : [])];
    }),
    ...(acknowledgedAt ? [{ at: acknowledgedAt, words: "Acknowledged" }] : []),
    ...(verdict ? [{ at: verdict.at, words: verdictWords(verdict) }] : []),
    ...(resolvedAt ? [{ at: resolvedAt, words: "Resolved" }] : []),
  ];
}

function verdictWords({ verdict, actor, note }: NonNullable<IncidentAnswer["verdict"]>): string {
  const said =
    verdict === "confirmed"
      ? "confirmed the cause"
      : verdict === "none"
        ? "said that no change did it"
        : "rejected a suspect";
  return `${actor} ${said}${note ? `: ${note}` : ""}`;
}

function deploymentEntries(deployment: DeploymentAnswer): Entry[] {
  const { service, version, startedAt, finishedAt, failure } = deployment;
  const name = `${service} ${version ?? deployment.revision?.slice(0, 7) ?? ""}`;
  const href = deploymentHref(deployment.id);
  return [
    ...(startedAt ? [{ at: startedAt, words: `Deployment of ${name} starts`, href }] : []),
    ...(finishedAt ? [{ at: finishedAt, words: `Deployment of ${name} finishes`, href }] : []),
    ...(failure?.remedies ?? []).map((remedy) => ({
      at: remedy.startedAt,
      words: `Remedy starts: ${remedyNames[remedy.kind]}${remedy.held ? ", it held" : ""}`,
      ...(remedy.deployment && { href: deploymentHref(remedy.deployment) }),
    })),
    ...(failure?.restoredAt ? [{ at: failure.restoredAt, words: "Restored" }] : []),
  ];
}
