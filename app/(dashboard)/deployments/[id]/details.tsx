"use client";

import type { ReactNode } from "react";
import { deploymentHref, kindNames } from "@/app/_deployments/naming";
import { Card } from "@/app/_ui/card";
import { formatSeconds } from "@/app/_ui/format";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";

/** Everything else that is known, and why it counts as what it counts as. */
export function Details({ deployment }: { deployment: DeploymentAnswer }) {
  const { kind, declaredKind, derivedKind, reasons, approvals, sources, queuedAt, startedAt } =
    deployment;
  const queuedSeconds =
    queuedAt && startedAt ? (Date.parse(startedAt) - Date.parse(queuedAt)) / 1_000 : null;
  return (
    <Card title="Details" padded={false}>
      <dl className="pb-1.5">
        <Line name="Kind">
          {kind ? kindNames[kind] : "not known before it completes"}
          {declaredKind && declaredKind !== derivedKind && derivedKind && (
            <span className="text-muted">
              {" "}
              (declared {kindNames[declaredKind]}, derived {kindNames[derivedKind]})
            </span>
          )}
        </Line>
        {reasons.length > 0 && (
          <Line name="Because">
            <ul>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </Line>
        )}
        <Line name="Queued">
          <Moment at={queuedAt} style="full" />
          {queuedSeconds !== null && (
            <span className="text-muted"> (waited {formatSeconds(queuedSeconds)})</span>
          )}
        </Line>
        <Line name="Started">
          <Moment at={startedAt} style="full" />
        </Line>
        <Line name="Finished">
          <Moment at={deployment.finishedAt} style="full" />
        </Line>
        {deployment.previous && (
          <Line name="Before it ran">
            <PageLink
              href={deploymentHref(deployment.previous)}
              className="text-accent underline underline-offset-3"
            >
              the previous deployment
            </PageLink>
          </Line>
        )}
        <Line name="Repository">{deployment.repository ?? "unknown"}</Line>
        <Line name="Revision">
          <Code>{deployment.revision}</Code>
        </Line>
        <Line name="Artifact">
          <Code>{deployment.artifact}</Code>
        </Line>
        <Line name="Lane, strategy">
          {deployment.lane}, {deployment.strategy ?? "strategy not said"}
        </Line>
        {approvals.length > 0 && (
          <Line name="Approved by">
            {approvals.map(({ by, at }) => (
              <span key={`${by} ${at}`} className="mr-3">
                {by}{" "}
                <span className="text-muted">
                  <Moment at={at} />
                </span>
              </span>
            ))}
          </Line>
        )}
        <Line name="Reported by">
          {sources.map(({ source, key }) => (
            <span key={`${source} ${key}`} className="mr-3">
              {source} <Code>{key}</Code>
            </span>
          ))}
        </Line>
      </dl>
    </Card>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[110px_minmax(0,1fr)] gap-x-2 border-t border-grid px-3.5 py-1.5">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Code({ children }: { children: string | null }) {
  if (children === null) return <span className="text-muted">unknown</span>;
  return <code className="font-mono text-sm [overflow-wrap:anywhere]">{children}</code>;
}
