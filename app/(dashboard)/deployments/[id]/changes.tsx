"use client";

import { shortRevision, subjectOf } from "@/app/_deployments/naming";
import { Card } from "@/app/_ui/card";
import { formatSeconds, plural } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";

/** What changed, and how long each change took from its first commit to here. */
export function Changes({ deployment }: { deployment: DeploymentAnswer }) {
  const { changes, changesKnown, changeCount } = deployment;
  const title =
    changeCount === null ? "What changed" : `What changed: ${plural(changeCount, "change")}`;
  return (
    <Card title={title} padded={false}>
      <div className="px-3.5 pb-2">
        {changesKnown === false && (
          <p className="py-1 text-warning">
            Not all of it is known: a push between the previous revision and this one has not
            arrived.
          </p>
        )}
        {changes.length === 0 ? (
          <p className="py-1 text-muted">{emptyWords(deployment)}</p>
        ) : (
          <Table label="Changes">
            <thead>
              <tr>
                <Head>Change</Head>
                <Head>Author</Head>
                <Head className="text-right">Lead time</Head>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={change.revision}>
                  <Cell className="min-w-48">
                    <PageLink href={`/changes/${change.revision}`} className="link font-semibold">
                      {subjectOf(change.message) ?? shortRevision(change.revision)}
                    </PageLink>{" "}
                    <span className="text-muted">
                      <span className="font-mono text-sm">{shortRevision(change.revision)}</span>
                      {change.pullRequest !== null && ` #${change.pullRequest}`}
                    </span>
                  </Cell>
                  <Cell className="whitespace-nowrap">
                    {change.author ?? <span className="text-muted">–</span>}
                  </Cell>
                  <Cell className="text-right whitespace-nowrap tabular">
                    {change.leadTimeSeconds === null ? (
                      <span
                        className="text-muted"
                        title="Shipped here before, or its first commit is not known"
                      >
                        none
                      </span>
                    ) : (
                      formatSeconds(change.leadTimeSeconds)
                    )}
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </Card>
  );
}

function emptyWords({ kind, changesKnown }: DeploymentAnswer): string {
  if (kind === "first") return "The first deployment here: there is nothing to compare it with.";
  if (kind === "rollback") return "A rollback ships no change of its own.";
  return changesKnown ? "Nothing that had not run here already." : "Not known yet.";
}
