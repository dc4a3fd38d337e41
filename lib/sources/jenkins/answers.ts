import { count, isPayload, list, type Payload, part, text } from "@/lib/sources/payload";

/**
 * A build of the API as the Notification plugin would tell of it: what runs has
 * started, what ended is completed. `timestamp` is its start there, and its end here.
 */
export function notificationOf({ build: given }: Payload): Payload {
  const build = part(given);
  const startedAt = count64(build.timestamp);
  const duration = count(build.duration) ?? 0;
  const isRunning = build.building === true;
  return {
    url: build.url,
    build: {
      full_url: build.url,
      phase: isRunning ? "STARTED" : "COMPLETED",
      status: build.result,
      timestamp: startedAt !== null && !isRunning ? startedAt + duration : startedAt,
      duration,
      scm: scmOf(build),
    },
  };
}

function count64(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** The last checkout: what stands before it are libraries that the pipeline is made of. */
function scmOf(build: Payload): Payload {
  const checkout = list(build.actions)
    .filter(isPayload)
    .findLast((action) => isPayload(action.lastBuiltRevision));
  const { SHA1, branch } = part(checkout?.lastBuiltRevision);
  const named = text(part(list(branch)[0]).name);
  return {
    url: list(checkout?.remoteUrls)[0],
    commit: SHA1,
    ...(named !== "detached" && { branch: named }),
  };
}
