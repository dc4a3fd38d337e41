import { githubHistory } from "@/lib/sources/github/history";
import { perPage } from "@/lib/sources/github/history/page";
import type { History, HistoryPhase } from "@/lib/sources/history";
import { identifier, isPayload, list, type Payload, part } from "@/lib/sources/payload";
import { hookOf } from "@/lib/sources/sends-to";
import { toTime } from "@/lib/sources/time";

/**
 * What a webhook sent in the last days, as GitHub lists it. What is not here, whether
 * GitHub saw it fail or not, is asked for again: it comes by the webhook itself, with
 * its own id, so that a delivery that arrives twice is one.
 */
const deliveries: HistoryPhase = {
  name: "deliveries",
  title: "Deliveries",
  event: "api.delivery",
  start: ({ details }) => `${details.hook}/deliveries?${perPage}`,
  readPage(page, { since }) {
    const given = list(page).filter(isPayload);
    const isOlder = (one: Payload) =>
      since !== null && (toTime(one.delivered_at) ?? "") < since.toISOString();
    const items = given.flatMap((one) => {
      const { id, guid, event, delivered_at, status_code } = one;
      const known = identifier(id);
      // What is sent again is listed again, under the same guid: the first one stands for all.
      if (known === null || one.redelivery === true || event === "ping" || isOlder(one)) return [];
      return [{ id: known, given: { id, guid, event, delivered_at, status_code } }];
    });
    return { items, ended: given.some(isOlder) };
  },
  tellsChange: false,
  itemsAtOnce: 20,
  deliveryId: ({ guid }) => identifier(guid),
  freshAtMost: 1_000,
  complete: async ({ id }, ask, { details }) =>
    (await ask.order(`${details.hook}/deliveries/${id}/attempts`)) ? "ordered" : "refused",
};

const ownerOrRepository = /^(?!\.+(\/|$))[\w.-]{1,100}(\/(?!\.+$)[\w.-]{1,100})?$/;

/** GitHub never sends again by itself; its API lists what a webhook sent, for three days. */
export const githubMissed: History = {
  ...githubHistory,
  subject: {
    label: "Repository or organisation",
    placeholder: "owner/name",
    expected: "owner/name, or the organisation whose webhook it is",
    pattern: ownerOrRepository,
  },
  tokenHint: "That may read and write webhooks.",
  async find(ask, { subject, source }) {
    const owner = subject.split("/").map(encodeURIComponent).join("/");
    const hooks = `/${subject.includes("/") ? "repos" : "orgs"}/${owner}/hooks`;
    const hook = await hookOf(ask, `${hooks}?${perPage}`, source, ({ config }) => part(config).url);
    return { subject, details: { hook: `${hooks}/${hook}` } };
  },
  phases: [deliveries],
};
