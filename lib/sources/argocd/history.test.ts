import { describe, expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { holdsBackfillLaws } from "@/lib/backfill/testing-laws";
import { clock, deliver, type Posted, settleAll, sha } from "@/lib/projection/testing";

const source = {
  repoURL: "https://github.com/acme/manifests.git",
  path: "checkout",
  targetRevision: "main",
  helm: { parameters: [{ name: "password", value: "hunter2" }] },
};
const sync = (id: number, startedAt: string, deployedAt: string, revision: string) => ({
  id,
  deployStartedAt: startedAt,
  deployedAt,
  revision: sha(revision),
  source,
  initiatedBy: { username: "ana" },
});
const history = [
  sync(0, clock("09:00"), clock("09:01"), "one"),
  sync(1, clock("10:00"), clock("10:01"), "two"),
  sync(2, clock("11:00"), clock("11:01"), "three"),
];
const application = {
  metadata: {
    name: "checkout",
    namespace: "argocd",
    uid: "9f1c1a10-0000-4000-8000-000000000001",
    labels: { environment: "production" },
    resourceVersion: "12345",
    managedFields: [{ manager: "argocd" }],
  },
  spec: { destination: { name: "in-cluster", namespace: "checkout" }, project: "default", source },
  status: {
    history,
    health: { status: "Healthy", lastTransitionTime: clock("11:03") },
    sync: { status: "Synced" },
    summary: { images: [`registry.example.com/checkout:2.3.0`] },
    operationState: {
      phase: "Succeeded",
      startedAt: clock("11:00"),
      finishedAt: clock("11:01"),
      message: "successfully synced",
      operation: { initiatedBy: { username: "ana" }, sync: { revision: sha("three"), source } },
      syncResult: { revision: sha("three"), source, resources: [{ kind: "Deployment" }] },
    },
  },
};
const other = {
  ...application,
  metadata: { ...application.metadata, name: "ledger", uid: "9f1c1a10-0000-4000-8000-2" },
  status: { summary: {} },
};

/** Argo CD's API lists applications whole, and has no pages. */
const world = new BackfillWorld({
  provider: "argocd",
  subject: "all",
  path: "",
  serve({ url: { pathname, searchParams } }) {
    if (pathname === "/api/v1/applications/checkout") return { json: application };
    if (pathname !== "/api/v1/applications") return undefined;
    const name = searchParams.get("name");
    const items = [application, other].filter((one) => !name || one.metadata.name === name);
    return { json: { metadata: { resourceVersion: "1" }, items } };
  },
});

/** As a notification of each sync would have shown the application then. */
const webhooks: Posted[] = history.map((entry, index) => {
  const { deployStartedAt: startedAt, deployedAt: finishedAt, revision } = entry;
  const app = {
    ...application,
    status: {
      history: history.slice(0, index + 1),
      health: { status: "Healthy", lastTransitionTime: index === 2 ? clock("11:03") : finishedAt },
      summary: { images: [`registry.example.com/checkout:2.${index + 1}.0`] },
      operationState: {
        phase: "Succeeded",
        startedAt,
        finishedAt,
        operation: { initiatedBy: { username: "ana" }, sync: { revision, source } },
        syncResult: { revision, source },
      },
    },
  };
  return {
    source: "argocd",
    provider: "argocd",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ app }),
    receivedAt: new Date(finishedAt),
  };
});

describe("a backfill from Argo CD", () => {
  holdsBackfillLaws(world, webhooks, { deployments: 3 });

  it("brings each sync that it remembers; what runs now with its image", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("deployments").selectAll().orderBy("at").execute();
    expect(rows).toMatchObject([
      { revision: sha("one"), started_at: new Date(clock("09:00")), version: null },
      { revision: sha("two"), finished_at: new Date(clock("10:01")), environment: "production" },
      { revision: sha("three"), finished_at: new Date(clock("11:03")), version: "2.3.0" },
    ]);
  });

  it("takes nothing away that a notification knew of a past sync", async () => {
    await world.start();
    await world.complete();
    await deliver(world.db, webhooks);
    await settleAll(world.context);
    const rows = await world.db.selectFrom("deployments").select("version").orderBy("at").execute();
    expect(rows.map(({ version }) => version)).toEqual(["2.1.0", "2.2.0", "2.3.0"]);
  });

  it("keeps no parameters of the manifests", async () => {
    await world.start({ subject: "checkout" });
    await world.complete();
    const kept = (await world.deliveries()).map(({ body }) => body.toString());
    expect(kept).toHaveLength(1);
    expect(kept.join()).not.toMatch(/hunter2|managedFields/);
  });

  it("brings nothing older than was wanted", async () => {
    await world.start({ since: new Date(clock("09:30")) });
    await world.complete();
    await settleAll(world.context);
    expect(await world.counts()).toMatchObject({ deployments: 2 });
  });
});
