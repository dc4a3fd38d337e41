import type { QueryClient } from "@tanstack/react-query";
import { getAnswer, isSignedOut } from "@/app/_query/answer";

/** What the page's one connection to /api/v1/live is doing. */
export interface LiveState {
  state: "connecting" | "live" | "reconnecting" | "paused" | "ended";
  /** Epoch milliseconds of the last word heard, a heartbeat included. */
  heardAt: number | null;
}

const address = "/api/v1/live";
/** What arrives together is asked for together; a person does not notice this much. */
const coalesceMilliseconds = 50;
const retryMilliseconds = [500, 1_000, 2_000, 5_000] as const;
/** The server says something at least this often; longer silence is a dead connection. */
const silenceMilliseconds = 45_000;

/** Which paths a topic makes stale. An unknown topic makes everything stale: late is worse than twice. */
const pathsByTopic: Record<string, readonly string[]> = {
  deployment: ["deployments", "environments", "metrics", "markers", "services", "changes", "slos"],
  incident: ["incidents", "deployments", "metrics", "markers", "services", "slos"],
  alert: ["alerts", "incidents"],
  build: ["builds", "pipelines/builds", "changes", "slos", "main-branches"],
  test_run: ["test-runs", "pipelines/test"],
  release: ["releases", "markers", "metrics"],
  change: ["changes", "environments", "deployments"],
  delivery: ["deliveries"],
  series: ["series"],
  metrics: ["metrics"],
  work: ["work"],
};

/**
 * Keeps one EventSource open, says to react-query which answers have gone
 * stale, many events at once, and resumes from the last position heard, until
 * the session ends. Returns how to end it.
 */
export function followLive(client: QueryClient, tell: (state: LiveState) => void): () => void {
  let source: EventSource | null = null;
  let lastPosition = "";
  let heardAt: number | null = null;
  let failures = 0;
  let ended = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let flush: ReturnType<typeof setTimeout> | undefined;
  const stale = new Set<string>();

  const say = (state: LiveState["state"]) => tell({ state, heardAt });

  const hear = (topic: string | null, event?: MessageEvent<string>) => {
    heardAt = Date.now();
    failures = 0;
    if (event?.lastEventId) lastPosition = event.lastEventId;
    say("live");
    if (topic === null) return;
    for (const path of pathsByTopic[topic] ?? [""]) stale.add(staleKey(topic, path, event?.data));
    flush ??= setTimeout(markStale, coalesceMilliseconds);
  };

  // One round of asking at a time: what turns stale meanwhile is asked for in the next.
  const markStale = async () => {
    const round = [...stale];
    stale.clear();
    await client
      .invalidateQueries({
        predicate: ({ queryKey }) => round.some((key) => matches(queryKey, key)),
      })
      .catch(() => undefined);
    flush = stale.size > 0 ? setTimeout(markStale, coalesceMilliseconds) : undefined;
  };

  const open = () => {
    close();
    if (document.hidden) return say("paused");
    say(heardAt === null ? "connecting" : "reconnecting");
    // A new EventSource cannot send Last-Event-ID, so the position travels in the address too.
    source = new EventSource(
      lastPosition === "" ? address : `${address}?lastEventId=${encodeURIComponent(lastPosition)}`,
    );
    // Without a position the stream begins now, and what happened since the page's data was read
    // (on the server, for the first paint) is unknown.
    const unknown = lastPosition === "";
    source.onopen = () => hear(unknown ? "everything" : null);
    source.onmessage = (event: MessageEvent<string>) => hear(null, event);
    source.addEventListener("reset", (event: MessageEvent<string>) => hear("everything", event));
    for (const topic of Object.keys(pathsByTopic))
      source.addEventListener(topic, (event: MessageEvent<string>) => hear(topic, event));
    source.onerror = () => {
      if (source?.readyState === EventSource.CONNECTING) return say("reconnecting");
      void refused();
    };
  };

  // The stream does not say why it was refused; an ordinary question does.
  const refused = async () => {
    again();
    const error = await getAnswer("/api/v1/me").then(
      () => null,
      (error: unknown) => error,
    );
    if (!isSignedOut(error) || ended) return;
    end();
    say("ended");
  };

  const again = () => {
    close();
    say("reconnecting");
    retry = setTimeout(open, retryMilliseconds[Math.min(failures++, retryMilliseconds.length - 1)]);
  };

  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };

  const watch = setInterval(() => {
    if (source && heardAt !== null && Date.now() - heardAt > silenceMilliseconds) again();
  }, 5_000);

  const end = () => {
    ended = true;
    document.removeEventListener("visibilitychange", open);
    clearInterval(watch);
    clearTimeout(flush);
    close();
  };

  document.addEventListener("visibilitychange", open);
  open();
  return end;
}

/** Measurements come all the time: only graphs of the service they belong to are asked for again. */
function staleKey(topic: string, path: string, data: string | undefined): string {
  const service = topic === "series" && data ? serviceOf(data) : null;
  return `/api/v1/${path}${service === null ? "" : ` service=${encodeURIComponent(service)}`}`;
}

function matches([path, search]: readonly unknown[], key: string): boolean {
  const [stalePath = "", service] = key.split(" ");
  if (typeof path !== "string" || !path.startsWith(stalePath)) return false;
  return (
    service === undefined || (typeof search === "string" && search.split("&").includes(service))
  );
}

function serviceOf(data: string): string | null {
  try {
    const { service } = JSON.parse(data) as { service?: unknown };
    return typeof service === "string" ? service : null;
  } catch {
    return null;
  }
}
