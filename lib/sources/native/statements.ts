import { isFinal } from "@/lib/facts/claims";
import { commitKey, pullRequestKey, sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, Statement, Time } from "@/lib/facts/types";
import type { NativeEvent, NativeEventOf } from "@/lib/sources/native/schema";
import { latestTime, named } from "@/lib/sources/time";

/** When a statement became true. */
type When = Pick<Statement, "asOf" | "timeFromReceipt">;

/**
 * What one native event says. It is as of its `asOf`, else of the latest time
 * that it names, else of its receipt, marked; an attempt without any time then
 * was queued, started or finished at its receipt.
 */
export function nativeStatements(
  event: NativeEvent,
  source: string,
  receivedAt: Date,
): Statement[] {
  const when = named([event.asOf, latestTime(timesIn(event))], receivedAt);
  switch (event.type) {
    case "change":
      return changeStatements(event, when);
    case "build":
      return [buildStatement(event, source, when)];
    case "deployment": {
      const { type, id, asOf, ...said } = event;
      const members = { ...said, ...atReceipt(said.status, when) };
      return [{ noun: type, key: sourceKey(source, id), ...when, members }];
    }
    case "test_run": {
      const { type, id, asOf, ...said } = event;
      const { queuedAt, ...times } = atReceipt(said.status, when);
      return [{ noun: type, key: sourceKey(source, id), ...when, members: { ...said, ...times } }];
    }
    case "release": {
      const { type, id, asOf, ...members } = event;
      return [{ noun: type, key: sourceKey(source, id), ...when, members }];
    }
    case "incident": {
      const { type, id, asOf, ...members } = event;
      return [{ noun: type, key: sourceKey(source, id), ...when, members }];
    }
    case "alert": {
      const { type, id, asOf, ...members } = event;
      return [{ noun: type, key: sourceKey(source, id), ...when, members }];
    }
  }
}

/** A change is its commit, and what it knows of the pull request that brought it. */
function changeStatements(event: NativeEventOf<"change">, when: When): Statement[] {
  const { type, id, asOf, branch, pullRequest, ...commit } = event;
  const { repository, revision } = commit;
  const said: Statement[] = [
    { noun: "commit", key: commitKey(repository, revision), ...when, members: commit },
  ];
  if (!pullRequest) return said;
  const isUnmerged = pullRequest.mergedAt === null;
  said.push({
    noun: "pull_request",
    key: pullRequestKey(repository, pullRequest.number),
    ...when,
    members: {
      repository,
      ...pullRequest,
      ...(branch && { baseBranch: branch }),
      ...(isUnmerged ? { headRevision: revision } : { mergeRevision: revision }),
    },
  });
  return said;
}

function buildStatement(event: NativeEventOf<"build">, source: string, when: When): Statement {
  const { type, id, asOf, stages, ...said } = event;
  const byName = stages?.map(({ name, status, startedAt = null, finishedAt = null }) => [
    name,
    { name, status, startedAt, finishedAt },
  ]);
  return {
    noun: type,
    key: sourceKey(source, id),
    ...when,
    members: {
      ...said,
      ...(byName && { stages: Object.fromEntries(byName) }),
      ...atReceipt(said.status, when),
    },
  };
}

function atReceipt(
  status: AttemptStatus,
  { asOf, timeFromReceipt }: When,
): { queuedAt?: Time; startedAt?: Time; finishedAt?: Time } {
  if (!timeFromReceipt) return {};
  if (isFinal(status)) return { finishedAt: asOf };
  return status === "running" ? { startedAt: asOf } : { queuedAt: asOf };
}

/** Every time an event names, however deep; labels are text, whatever they are called. */
function timesIn(value: object): Time[] {
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member === "string") return /(^a|A)t$/.test(name) ? [member] : [];
    return name !== "labels" && typeof member === "object" && member ? timesIn(member) : [];
  });
}
