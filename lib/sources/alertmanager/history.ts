import {
  answerHeaders,
  basicOrBearer,
  type History,
  type HistoryPhase,
} from "@/lib/sources/history";
import { identifier, isPayload, list, type Payload } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/**
 * What is firing now, as a group of its webhook would tell it. Alertmanager keeps nothing
 * that is over; silenced and inhibited alerts are left out, since no webhook tells of them.
 */
const alerts: HistoryPhase = {
  name: "alerts",
  title: "Firing alerts",
  event: "api.firing",
  start: () => "/api/v2/alerts?active=true&silenced=false&inhibited=false&unprocessed=false",
  readPage: (page, { since }) => ({
    items: list(page)
      .filter(isPayload)
      .flatMap((given) => {
        const [fingerprint, startedAt] = [identifier(given.fingerprint), toTime(given.startsAt)];
        const isOlder = since !== null && startedAt !== null && startedAt < since.toISOString();
        return fingerprint === null || startedAt === null || isOlder
          ? []
          : [{ id: `${fingerprint}:${startedAt}`, given: lasting(given) }];
      }),
    ended: false,
  }),
  tellsChange: true,
  itemsAtOnce: 100,
  complete: async (alert) => ({ status: "firing", alerts: [{ ...alert, status: "firing" }] }),
};

/** Without what changes with every evaluation of a rule: its guessed end, its last refresh. */
function lasting(given: Payload): Payload {
  const { labels, annotations, startsAt, fingerprint, generatorURL } = given;
  return { labels, annotations, startsAt, fingerprint, generatorURL };
}

/** Alertmanager's API, version 2 (api/v2/openapi.yaml of its repository). */
export const alertmanagerHistory: History = {
  subject: {
    label: "What",
    placeholder: "all",
    expected: "all: an Alertmanager has no parts",
    pattern: /^all$/,
  },
  api: null,
  tokenHint:
    "Alertmanager itself asks for none; what stands before it may: user:password, or a bearer token.",
  accept: "application/json",
  credentials: basicOrBearer,
  headers: answerHeaders,
  async find(ask, { subject }) {
    await ask("/api/v2/status");
    return { subject, details: {} };
  },
  phases: [alerts],
};
