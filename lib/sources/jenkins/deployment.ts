import { sourceKey } from "@/lib/facts/keys";
import type { BuildMembers, Statement } from "@/lib/facts/types";
import { name, type Payload, part } from "@/lib/sources/payload";

/**
 * The deployment that a build made, where the pipeline says so itself: the curl of
 * its `post` block adds `deployment`, which the plugin does not know.
 */
export function deploymentOf(
  source: string,
  id: string,
  body: Payload,
  build: Pick<Statement, "asOf" | "timeFromReceipt"> & { members: BuildMembers },
): Statement[] {
  const said = part(body.deployment);
  const environment = name(said.environment);
  if (environment === null) return [];
  const { repository, branch, revision, url, name: job } = build.members;
  const { queuedAt, startedAt, finishedAt } = build.members;
  // A pipeline goes on after tests that failed: the build is unstable, and deployed all the same.
  const isUnstable = part(body.build).status === "UNSTABLE" && build.members.status === "failed";
  return [
    {
      noun: "deployment",
      key: sourceKey(source, id),
      asOf: build.asOf,
      ...(build.timeFromReceipt && { timeFromReceipt: true }),
      members: {
        name: job,
        service: name(said.service),
        environment,
        repository,
        branch,
        revision,
        version: name(said.version),
        url,
        ...(said.rollback === true && { kind: "rollback" as const }),
        status: isUnstable ? "succeeded" : build.members.status,
        ...(queuedAt && { queuedAt }),
        ...(startedAt && { startedAt }),
        ...(finishedAt && { finishedAt }),
      },
    },
  ];
}
