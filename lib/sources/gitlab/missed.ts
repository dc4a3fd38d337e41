import { gitlabHistory } from "@/lib/sources/gitlab/history";
import { perPage } from "@/lib/sources/gitlab/history/page";
import type { History, HistoryPhase } from "@/lib/sources/history";
import { identifier, isPayload, list, type Payload, part, text } from "@/lib/sources/payload";
import { hookOf } from "@/lib/sources/sends-to";
import { toTime } from "@/lib/sources/time";

/**
 * What a project's webhook sent in the last seven days. What is not here is asked for
 * again, by its key, which stays the same: one that arrives twice is one. GitLab sends
 * five a minute again at most, and says so.
 */
const deliveries: HistoryPhase = {
  name: "deliveries",
  title: "Deliveries",
  event: "api.delivery",
  // Each has its whole body in the list: few at a time.
  start: ({ details }) => `${details.hook}/events?per_page=20&page=1`,
  readPage(page, { since }, path) {
    const given = list(page).filter(isPayload);
    const items = given.flatMap((one) => {
      const id = identifier(one.id);
      const key = keyOf(one);
      const status = text(one.response_status) ?? "";
      const sentAt = toTime(one.created_at);
      const isOlder = since !== null && sentAt !== null && sentAt < since.toISOString();
      // Without a key it cannot be told whether it is here, but by what was answered.
      const arrived = key === null && /^2\d\d$/.test(status);
      return id === null || isOlder || arrived ? [] : [{ id, given: { id, key, status } }];
    });
    return { items, ended: false, next: given.length > 0 ? pageBehind(path) : null };
  },
  tellsChange: false,
  itemsAtOnce: 5,
  deliveryId: ({ key }) => identifier(key),
  freshAtMost: 1_000,
  complete: async ({ id }, ask, { details }) =>
    (await ask.order(`${details.hook}/events/${id}/resend`)) ? "ordered" : "refused",
};

/** Whatever a page says of the next one: GitLab counts these lists no longer than it must. */
function pageBehind(path: string): string {
  const [at = "", given] = path.split("?");
  const query = new URLSearchParams(given);
  query.set("page", String(Number(query.get("page") ?? 1) + 1));
  return `${at}?${query}`;
}

function keyOf({ request_headers }: Payload): string | null {
  const sent = Object.entries(part(request_headers));
  return identifier(sent.find(([name]) => name.toLowerCase() === "idempotency-key")?.[1]);
}

/** GitLab tries no delivery again by itself; from 17.4 on its API lists them and sends again. */
export const gitlabMissed: History = {
  ...gitlabHistory,
  tokenHint: "With the scope api, of one who maintains the project. GitLab 17.4 or newer.",
  async find(ask, { subject, source }) {
    const project = `/projects/${encodeURIComponent(subject)}`;
    const hook = await hookOf(ask, `${project}/hooks?${perPage}`, source, ({ url }) => url);
    return { subject, details: { hook: `${project}/hooks/${hook}` } };
  },
  phases: [deliveries],
};
