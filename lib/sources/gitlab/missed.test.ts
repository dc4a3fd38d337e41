import { beforeEach, describe, expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { itemsPerPage, linksOf } from "@/lib/backfill/testing-api";
import { testSource } from "@/lib/http/server/testing";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";
import { provedDelivery } from "@/lib/ingest/prove-delivery";
import { gitlab } from "@/lib/sources/gitlab";

/** As GitLab lists what a webhook sent (docs.gitlab.com/api/project_webhooks). */
const sent = (id: number, status: string, key: string | null = `key-${id}`) => ({
  id,
  url: "https://pushline.example.com/api/webhooks/gitlab",
  trigger: "push_hooks",
  request_headers: {
    "Content-Type": "application/json",
    "X-Gitlab-Event": "Push Hook",
    "X-Gitlab-Token": "[REDACTED]",
    ...(key !== null && { "Idempotency-Key": key }),
  },
  request_data: { object_kind: "push" },
  response_headers: {},
  response_body: "",
  response_status: status,
  execution_duration: 0.3,
});
/** Newest first: 4 and 3 are of a version without keys. */
const events = [
  sent(6, "202"),
  sent(5, "internal error"),
  sent(4, "502", null),
  sent(3, "202", null),
  sent(1, "202"),
];
const hooks = [
  { id: 21, url: "https://ci.example.com/hook" },
  { id: 22, url: "https://pushline.example.com/api/webhooks/gitlab-of-others" },
  { id: 23, url: "https://pushline.example.com/api/webhooks/gitlab" },
];
let ordered: number[] = [];
beforeEach(() => {
  ordered = [];
});

const world = new BackfillWorld({
  provider: "gitlab",
  subject: "acme/shop",
  path: "/api/v4",
  serve(asked) {
    const { pathname, searchParams } = asked.url;
    const page = Number(searchParams.get("page") ?? 1);
    const cut = <Item>(items: Item[]) =>
      items.slice((page - 1) * itemsPerPage, page * itemsPerPage);
    if (pathname.endsWith("/projects/acme%2Fshop/hooks"))
      return { json: cut(hooks), headers: linksOf(asked, page, 2) };
    const below = /\/projects\/acme%2Fshop\/hooks\/23\/events(.*)$/.exec(pathname)?.[1];
    if (below === undefined) return undefined;
    const id = Number(/^\/(\d+)\/resend$/.exec(below)?.[1]);
    if (!(id > 0)) return { json: cut(events) };
    expect(asked.method).toBe("POST");
    ordered.push(id);
    return { json: { response_status: 202 } };
  },
});
const start = (more: object = {}) => world.start({ kind: "missed", ...more });

async function holds(key: string): Promise<void> {
  const delivery = provedDelivery(testSource({ name: "gitlab" }), gitlab, {
    headers: { "x-gitlab-event": "Push Hook", "idempotency-key": key },
    body: Buffer.from("{}"),
    receivedAt: world.context.clock.now(),
  });
  await world.db.transaction().execute((trx) => insertDeliveries(trx, [delivery]));
}

describe("what GitLab sent and did not arrive", () => {
  it("is asked for again, of every page, whether GitLab saw it fail or not", async () => {
    await holds("key-6");
    await start();
    expect(await world.complete()).toMatchObject({ state: "done", sealed_token: null });
    expect(ordered).toEqual([5, 4, 1]);
    const { progress } = await world.only();
    expect(progress.tallies.deliveries).toMatchObject({ found: 4, fresh: 3, problem: null });
    expect(world.api.tokens).toEqual(new Set(["a-secret-token"]));
  });

  it("is waited for where GitLab sends no more within a minute", async () => {
    let refusals = 0;
    world.api.fault = (_, path) => {
      if (!path.endsWith("/resend") || refusals === 2) return undefined;
      refusals += 1;
      return { kind: "answer", status: 429, headers: { "retry-after": "60" } };
    };
    const begun = world.now;
    await start();
    expect((await world.complete()).state).toBe("done");
    expect(ordered).toEqual([6, 5, 4, 1]);
    expect(world.now - begun).toBeGreaterThanOrEqual(120_000);
  });

  it("is named where GitLab will not send it again", async () => {
    world.api.fault = (_, path) =>
      path.includes("/events/5/") ? { kind: "answer", status: 422 } : undefined;
    await start();
    const { progress } = await world.complete();
    expect(progress.tallies.deliveries).toMatchObject({
      fresh: 3,
      leftOut: [{ item: "5", reason: "It would not send it again.", told: false }],
    });
  });

  it("has to have been sent here, by a webhook that the token may see", async () => {
    await world.configure({ sources: [testSource({ name: "other", provider: "gitlab" })] });
    await start();
    expect(await world.complete()).toMatchObject({
      state: "failed",
      error: "None of its webhooks sends to the source other.",
    });
    await world.db.deleteFrom("backfills").execute();
    world.api.fault = () => ({ kind: "answer", status: 403 });
    await start();
    expect(await world.complete()).toMatchObject({
      state: "failed",
      error: "It knows nothing of this name, or its webhooks are not for this token.",
    });
  });
});
