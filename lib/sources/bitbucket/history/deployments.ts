import { below, bodyOf, itemsOf } from "@/lib/sources/bitbucket/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { type Payload, part } from "@/lib/sources/payload";

/** No webhook tells of them: only the API knows what Pipelines deployed, and where. */
export const deployments: HistoryPhase = {
  name: "deployments",
  title: "Deployments",
  event: "api.deployment",
  start: ({ subject }) => below(subject, "/deployments?pagelen=100"),
  readPage: (page, asked) => ({
    // In no order that is promised: what is older is left out one by one.
    ...itemsOf(page, asked, { id: "uuid", at: startOf, cut }),
    ended: false,
  }),
  tellsChange: true,
  itemsAtOnce: 100,
  complete: async (deployment, _ask, asked) =>
    bodyOf(asked, {
      deployment,
      environment: asked.details[`environment ${part(deployment.environment).uuid}`] ?? null,
    }),
};

function startOf({ state }: Payload): unknown {
  return part(state).started_on;
}

function cut({ uuid, environment, release, state }: Payload): Payload {
  const { name, commit, created_on, url } = part(release);
  const { name: step, status, started_on, completed_on } = part(state);
  return {
    uuid,
    environment: { uuid: part(environment).uuid },
    release: { name, created_on, url, commit: { hash: part(commit).hash } },
    state: { name: step, status: { name: part(status).name }, started_on, completed_on },
  };
}
