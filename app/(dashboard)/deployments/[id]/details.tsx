"use client";

import { deploymentHref, kindNames } from "@/app/_deployments/naming";
import { Card } from "@/app/_ui/card";
import { formatSeconds } from "@/app/_ui/format";
import { RowLine } from "@/app/_ui/line";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";
import { CorrectionPart } from "./correction";

/** Everything else that is known, and why it counts as what it counts as. */
export function Details({ deployment }: { deployment: DeploymentAnswer }) {
  const { kind, declaredKind, derivedKind, reasons, approvals, queuedAt, startedAt } = deployment;
  const queuedSeconds =
    queuedAt && startedAt ? (Date.parse(startedAt) - Date.parse(queuedAt)) / 1_000 : null;
  return (
    <Card title="Details" padded={false}>
      <dl className="pb-1.5">
        <RowLine name="Kind">
          {kind ? kindNames[kind] : "not known before it completes"}
          {declaredKind && declaredKind !== derivedKind && derivedKind && (
            <span className="text-muted">
              {" "}
              (declared {kindNames[declaredKind]}, derived {kindNames[derivedKind]})
            </span>
          )}
        </RowLine>
        {reasons.length > 0 && (
          <RowLine name="Because">
            <ul>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </RowLine>
        )}
        <RowLine name="A person's word">
          <CorrectionPart deployment={deployment} />
        </RowLine>
        <RowLine name="Queued">
          <Moment at={queuedAt} style="full" />
          {queuedSeconds !== null && (
            <span className="text-muted"> (waited {formatSeconds(queuedSeconds)})</span>
          )}
        </RowLine>
        <RowLine name="Started">
          <Moment at={startedAt} style="full" />
        </RowLine>
        <RowLine name="Finished">
          <Moment at={deployment.finishedAt} style="full" />
        </RowLine>
        {deployment.previous && (
          <RowLine name="Before it ran">
            <PageLink
              href={deploymentHref(deployment.previous)}
              className="text-accent underline underline-offset-3"
            >
              the previous deployment
            </PageLink>
          </RowLine>
        )}
        <RowLine name="Repository">{deployment.repository ?? "unknown"}</RowLine>
        <RowLine name="Revision">
          <Code>{deployment.revision}</Code>
        </RowLine>
        <RowLine name="Artifact">
          <Code>{deployment.artifact}</Code>
        </RowLine>
        <RowLine name="Lane, strategy">
          {deployment.lane}, {deployment.strategy ?? "strategy not said"}
        </RowLine>
        {approvals.length > 0 && (
          <RowLine name="Approved by">
            {approvals.map(({ by, at }) => (
              <span key={`${by} ${at}`} className="mr-3">
                {by}{" "}
                <span className="text-muted">
                  <Moment at={at} />
                </span>
              </span>
            ))}
          </RowLine>
        )}
      </dl>
    </Card>
  );
}

function Code({ children }: { children: string | null }) {
  if (children === null) return <span className="text-muted">unknown</span>;
  return <code className="font-mono text-sm [overflow-wrap:anywhere]">{children}</code>;
}
