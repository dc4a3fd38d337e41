import type { Asked, Found, History, HistoryPage, HistoryPhase } from "@/lib/sources/history";
import { answerHeaders } from "@/lib/sources/history";
import { identifier, isPayload, list, name, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/** Its lists answer a stretch of half a year at most, and no more than ten thousand of it. */
const stretchMilliseconds = 150 * 86_400_000;
const listedAtMost = 10_000;
const pageSize = 100;

/** Incidents, oldest first, each with its log: who took it when, and when it ended. */
const incidents: HistoryPhase = {
  name: "incidents",
  title: "Incidents",
  event: "api.incident",
  start(asked) {
    const { oldest } = asked.details;
    const since = asked.since?.toISOString() ?? "";
    return stretchFrom(asked, oldest && oldest > since ? oldest : since || oldest || "");
  },
  readPage: (page, asked, path): HistoryPage => {
    const given = list(part(page).incidents).filter(isPayload);
    const since = asked.since?.toISOString() ?? "";
    const items = given.flatMap((incident) => {
      const [id, at] = [identifier(incident.id), toTime(incident.created_at)];
      return id === null || (at !== null && at < since) ? [] : [{ id, given: cut(incident) }];
    });
    return { items, ended: false, next: pageBehind(page, asked, path, given.at(-1)) };
  },
  tellsChange: true,
  itemsAtOnce: 20,
  async complete(incident, ask) {
    const entries = await ask.every(`/incidents/${incident.id}/log_entries?limit=${pageSize}`);
    const log = (entries ?? []).map(part).filter(({ type }) => name(type) !== "notify_log_entry");
    return { incident, log: log.map(({ type, created_at }) => ({ type, created_at })) };
  },
};

/** Without what pages of PagerDuty show beside it: assignments, policies, pending actions. */
function cut(incident: Payload): Payload {
  const { id, type, title, summary, status, urgency, html_url, created_at } = incident;
  const { last_status_change_at, service, priority } = incident;
  return {
    ...{ id, type, title, summary, status, urgency, html_url, created_at, last_status_change_at },
    service: { summary: part(service).summary },
    priority: isPayload(priority) ? { summary: priority.summary } : null,
  };
}

function stretchFrom({ details }: Pick<Asked, "details">, since: string): string {
  const query = new URLSearchParams({ sort_by: "created_at:asc", limit: String(pageSize) });
  if (details.service) query.set("service_ids[]", details.service);
  if (since) {
    query.set("since", since);
    query.set("until", new Date(Date.parse(since) + stretchMilliseconds).toISOString());
  } else query.set("date_range", "all");
  return `/incidents?${query}`;
}

/** The same stretch's next page, the rest of one that lists too much, or the stretch behind it. */
function pageBehind(page: unknown, asked: Asked, path: string, last: unknown): string | null {
  const query = new URLSearchParams(path.split("?")[1]);
  const next = nextPage(page, path);
  const lastAt = toTime(part(last).created_at);
  if (next !== null) {
    const { offset } = Object.fromEntries(new URLSearchParams(next.split("?")[1]));
    const isBeyond = Number(offset) + pageSize > listedAtMost;
    return isBeyond && lastAt !== null ? stretchFrom(asked, lastAt) : next;
  }
  const until = query.get("until");
  const { newest } = asked.details;
  return until !== null && newest !== undefined && until <= newest
    ? stretchFrom(asked, until)
    : null;
}

/** Lists are paged by an offset; the body says whether there is more. */
function nextPage(page: unknown, path: string): string | null {
  if (part(page).more !== true) return null;
  const [at = "", given] = path.split("?");
  const query = new URLSearchParams(given);
  query.set("offset", String(Number(query.get("offset") ?? 0) + pageSize));
  return `${at}?${query}`;
}

/** PagerDuty's REST API, version 2 (developer.pagerduty.com/api-reference). */
export const pagerdutyHistory: History = {
  subject: {
    label: "Service",
    placeholder: "PABC123",
    expected: "a service's id, as PABC123, or all",
    pattern: /^(all|[A-Z0-9]{4,30})$/,
  },
  api: "https://api.pagerduty.com",
  tokenHint: "A read-only API key. In Europe the address is https://api.eu.pagerduty.com.",
  accept: "application/vnd.pagerduty+json;version=2",
  credentials: (token) => ({ authorization: `Token token=${token}` }),
  headers: answerHeaders,
  nextPage,
  async find(ask, { subject }): Promise<Found> {
    const service = subject === "all" ? null : subject;
    if (service) await ask(`/services/${service}`);
    const edge = async (order: "asc" | "desc") => {
      const query = new URLSearchParams({ date_range: "all", limit: "1" });
      query.set("sort_by", `created_at:${order}`);
      if (service) query.set("service_ids[]", service);
      const [first] = list(part(await ask(`/incidents?${query}`)).incidents);
      return toTime(part(first).created_at);
    };
    const [oldest, newest] = [await edge("asc"), await edge("desc")];
    return {
      subject,
      details: {
        ...(service && { service }),
        ...(oldest && { oldest }),
        ...(newest && { newest }),
      },
    };
  },
  phases: [incidents],
};
