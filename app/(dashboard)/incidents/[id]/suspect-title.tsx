"use client";

import { useQuery } from "@tanstack/react-query";
import { DeploymentBadges } from "@/app/_deployments/badges";
import { deploymentHref, shortRevision, subjectOf } from "@/app/_deployments/naming";
import { deploymentQuery } from "@/app/_query/queries";
import { formatSeconds, plural } from "@/app/_ui/format";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer, IncidentAnswer, SuspectAnswer } from "@/lib/http/answers";

/** The suspect in one sentence: what, and how long before the first sign. */
export function SuspectTitle({
  suspect,
  incident,
}: {
  suspect: SuspectAnswer;
  incident: IncidentAnswer;
}) {
  if (suspect.kind === "none")
    return (
      <p className="mt-1 text-xl leading-snug font-bold">
        No deployment explains this
        <span className="block text-base font-normal text-muted">
          Look outside of your own changes: traffic, a provider, data, hardware.
        </span>
      </p>
    );
  const title = `${suspect.label} ${suspect.kind === "deployment" ? "deployed" : "changed"}${distance(suspect.at, incident)}`;
  if (suspect.kind === "release" || suspect.id === null)
    return <p className="mt-1 text-xl leading-snug font-bold">{title}</p>;
  return (
    <>
      <p className="mt-1 text-xl leading-snug font-bold">
        <PageLink href={deploymentHref(suspect.id)} className="link">
          {title}
        </PageLink>
      </p>
      <DeploymentLine id={suspect.id} />
    </>
  );
}

function DeploymentLine({ id }: { id: string }) {
  const { data } = useQuery(deploymentQuery(id));
  if (!data) return <p className="text-muted">…</p>;
  return (
    <p className="text-muted">
      <span className="font-mono text-sm">{shortRevision(data.revision)}</span>
      {data.author && ` by ${data.author}`}
      {headline(data)}
      {data.startedAt && (
        <>
          {" "}
          · rollout <Moment at={data.startedAt} style="seconds" />
          {data.finishedAt && (
            <>
              {" "}
              to <Moment at={data.finishedAt} style="seconds" />
            </>
          )}
        </>
      )}
      {data.changeCount !== null && ` · ${plural(data.changeCount, "change")} `}
      <DeploymentBadges deployment={data} />
    </p>
  );
}

function headline({ changes, description }: DeploymentAnswer): string {
  const subject = description ?? subjectOf(changes[0]?.message);
  const pullRequest = changes.find((change) => change.pullRequest !== null)?.pullRequest;
  return `${subject ? ` · “${subject}”` : ""}${pullRequest ? ` #${pullRequest}` : ""}`;
}

function distance(at: string | null, { firstSignAt }: IncidentAnswer): string {
  if (at === null) return "";
  const seconds = (Date.parse(firstSignAt) - Date.parse(at)) / 1_000;
  return seconds >= 0
    ? ` ${formatSeconds(Math.round(seconds))} before the first sign`
    : ` ${formatSeconds(Math.round(-seconds))} after the first sign`;
}
