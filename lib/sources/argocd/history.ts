import { contentHash } from "@/lib/facts/canonical";
import { answerHeaders, type Found, type History, type HistoryPhase } from "@/lib/sources/history";
import { identifier, isPayload, list, name, type Payload, part } from "@/lib/sources/payload";

/** Every application with the syncs that it remembers: ten, unless its revisionHistoryLimit says otherwise. */
const applications: HistoryPhase = {
  name: "applications",
  title: "Applications",
  event: "api.application",
  start: ({ details }) =>
    `/api/v1/applications${details.name ? `?name=${encodeURIComponent(details.name)}` : ""}`,
  readPage: (page) => ({
    items: list(part(page).items)
      .filter(isPayload)
      .flatMap((given) => {
        const { uid, name } = part(given.metadata);
        const id = identifier(uid) ?? identifier(name);
        return id === null ? [] : [{ id, given: cut(given) }];
      }),
    ended: false,
  }),
  tellsChange: true,
  itemsAtOnce: 50,
  complete: async (app, _ask, { since }) => ({ app, since: since?.toISOString() ?? null }),
};

/** What is read of it: without the manifests' parameters, which may hold secrets, and the resources. */
function cut({ metadata, spec, status }: Payload): Payload {
  const { name, namespace, uid, labels } = part(metadata);
  const { history, health, summary, operationState } = part(status);
  return {
    metadata: { name, namespace, uid, labels },
    spec: { destination: part(spec).destination, ...withSources(part(spec)) },
    status: {
      health,
      summary: { images: part(summary).images },
      history: list(history).map((entry) => {
        const { id, deployedAt, deployStartedAt, initiatedBy } = part(entry);
        return { id, deployedAt, deployStartedAt, initiatedBy, ...synced(part(entry)) };
      }),
      ...(isPayload(operationState) && { operationState: operationIn(operationState) }),
    },
  };
}

function operationIn(state: Payload): Payload {
  const { phase, message, startedAt, finishedAt } = state;
  const { initiatedBy, sync } = part(state.operation);
  const { dryRun, autoHealAttemptsCount, resources } = part(sync);
  return {
    ...{ phase, message, startedAt, finishedAt },
    operation: {
      initiatedBy,
      sync: { dryRun, autoHealAttemptsCount, resources, ...synced(part(sync)) },
    },
    syncResult: synced(part(state.syncResult)),
  };
}

function synced(given: Payload): Payload {
  return { revision: given.revision, revisions: given.revisions, ...withSources(given) };
}

function withSources({ source, sources }: Payload): Payload {
  return {
    ...(isPayload(source) && { source: sourceIn(source) }),
    ...(Array.isArray(sources) && { sources: sources.map((each) => sourceIn(part(each))) }),
  };
}

/** Equal where the source is: its parameters stand in it as their hash alone. */
function sourceIn(source: Payload): Payload {
  const { repoURL, path, chart, targetRevision } = source;
  return { repoURL, path, chart, targetRevision, hash: contentHash(source) };
}

/** Argo CD's API (argo-cd.readthedocs.io, swagger.json of a server). */
export const argocdHistory: History = {
  subject: {
    label: "Application",
    placeholder: "checkout",
    expected: "an application's name, or all",
    pattern: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  },
  api: null,
  tokenHint: "Of an account with the capability apiKey that may get applications.",
  accept: "application/json",
  credentials: (token) => ({ authorization: `Bearer ${token}` }),
  headers: answerHeaders,
  async find(ask, { subject }): Promise<Found> {
    if (subject === "all") return { subject, details: {} };
    const { metadata } = part(await ask(`/api/v1/applications/${encodeURIComponent(subject)}`));
    return { subject, details: { name: name(part(metadata).name) ?? subject } };
  },
  phases: [applications],
};
