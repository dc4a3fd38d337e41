import type { Statement } from "@/lib/facts/types";
import { readApplication } from "@/lib/sources/argocd/read-application";
import { list, type Payload, part, payloadOf } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { toTime } from "@/lib/sources/time";

/** An application as the API shows it: its last sync, and those that it remembers. */
export function readAnswer(input: DeliveryInput, event: string): Reading {
  const body = payloadOf(input.body);
  const app = part(body.app);
  const since = toTime(body.since);
  const status = part(app.status);
  const lastAt = toTime(part(status.operationState).startedAt);
  const past = list(status.history)
    .map(part)
    .flatMap((entry) => {
      const startedAt = toTime(entry.deployStartedAt);
      const isOlder = since !== null && startedAt !== null && startedAt < since;
      if (startedAt === null || startedAt === lastAt || isOlder) return [];
      return spoken(applicationAt(input, app, entry)).map((statement) => ({
        ...statement,
        // What ran, its entry does not know: a webhook of the same sync outranks it.
        asOf: startedAt,
      }));
    });
  const isLastOlder = since !== null && lastAt !== null && lastAt < since;
  const last = isLastOlder ? [] : spoken(applicationAt(input, app, null));
  const statements = [...past, ...last];
  return statements.length > 0
    ? { outcome: "read", event, statements }
    : { outcome: "ignored", event, reason: "it was not synced, or not since then" };
}

/** The application as it was when a remembered sync had ended; as it is now for null. */
function applicationAt(input: DeliveryInput, app: Payload, entry: Payload | null): Reading {
  const application = {
    metadata: part(app.metadata),
    spec: part(app.spec),
    status: entry ? statusAt(part(app.status), entry) : part(app.status),
    url: null,
  };
  return readApplication(input, application);
}

/** It remembers successes alone. */
function statusAt({ history }: Payload, entry: Payload): Payload {
  const { deployStartedAt, deployedAt, initiatedBy, revision, revisions, source, sources } = entry;
  const synced = { revision, revisions, source, sources };
  return {
    history,
    operationState: {
      phase: "Succeeded",
      startedAt: deployStartedAt,
      finishedAt: deployedAt,
      operation: { initiatedBy, sync: {} },
      syncResult: synced,
    },
  };
}

function spoken(reading: Reading): Statement[] {
  return reading.outcome === "read" ? reading.statements : [];
}
