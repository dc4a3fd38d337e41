import { beforeEach, describe, expect, it } from "vitest";
import { listBackfills } from "@/lib/backfill/list-backfills";
import { BackfillWorld } from "@/lib/backfill/testing";
import { itemsPerPage } from "@/lib/backfill/testing-api";
import { holdsOf } from "@/lib/sources/github/testing-missed";

const sent = (id: number, day: number, more: object = {}) => ({
  id,
  guid: `00000000-0000-4000-8000-00000000000${id}`,
  delivered_at: `2026-11-${day}T10:00:00Z`,
  redelivery: false,
  duration: 0.03,
  status: "OK",
  status_code: 202,
  event: "push",
  action: null,
  installation_id: null,
  repository_id: 7,
  throttled_at: null,
  ...more,
});
/** Newest first: 9 was sent again in vain, 5 was answered and yet is not here, 1 is a ping. */
const deliveries = [
  sent(9, 20, { redelivery: true, status_code: 502, guid: sent(4, 20).guid }),
  sent(5, 20),
  sent(4, 20, { status: "Bad Gateway", status_code: 502 }),
  sent(3, 19),
  sent(2, 18, { status: "failed to connect", status_code: 0 }),
  sent(1, 18, { event: "ping" }),
];
let ordered: number[] = [];
let refuses: (id: number) => boolean;
let hookAddress: string;
beforeEach(() => {
  ordered = [];
  refuses = () => false;
  hookAddress = "https://pushline.example.com/api/webhooks/github";
});

/** GitHub's list of what a webhook sent: pages by a cursor in the Link header. */
const world = new BackfillWorld({
  provider: "github",
  subject: "acme/shop",
  path: "/api/v3",
  serve({ url: { pathname, searchParams }, method, api }) {
    const hooks = /^\/(repos\/acme\/shop|orgs\/acme)\/hooks/.exec(pathname)?.[0];
    if (hooks === undefined) return undefined;
    if (pathname === hooks)
      return {
        json: [
          { id: 11, config: { url: "https://ci.example.com/hook" } },
          { id: 12, config: { url: hookAddress } },
        ],
      };
    const id = Number(/\/deliveries\/(\d+)\/attempts$/.exec(pathname)?.[1]);
    if (id > 0) {
      expect(method).toBe("POST");
      if (refuses(id)) return undefined;
      ordered.push(id);
      return { json: {} };
    }
    const first = Number(searchParams.get("cursor")?.replace("v1_", "") ?? 0);
    const next = first + itemsPerPage;
    const link = `<${api}${pathname}?per_page=100&cursor=v1_${next}>; rel="next"`;
    return {
      json: deliveries.slice(first, next),
      ...(next < deliveries.length && { headers: { link } }),
    };
  },
});
const start = (more: object = {}) => world.start({ kind: "missed", ...more });

describe("what GitHub sent and did not arrive", () => {
  it("is asked for again, each once, whether GitHub saw it fail or not", async () => {
    await holdsOf(world, sent(3, 19).guid);
    await start();
    expect(await world.complete()).toMatchObject({ state: "done", sealed_token: null });
    expect(ordered).toEqual([5, 4, 2]);
    const [{ kind, phases = [] } = {}] = (await listBackfills(world.context, { limit: 1 })).items;
    expect(kind).toBe("missed");
    expect(phases).toMatchObject([{ name: "deliveries", found: 4, fresh: 3, problem: null }]);
    const audit = await world.db.selectFrom("audit").select("action").orderBy("id").execute();
    expect(audit.at(-1)?.action).toBe("backfill.missed_asked");
  });

  it("is left alone once it is here", async () => {
    for (const { guid } of deliveries) await holdsOf(world, guid);
    await start();
    await world.complete();
    expect(ordered).toEqual([]);
  });

  it("from before the wanted day is left alone", async () => {
    await start({ since: new Date("2026-11-20T00:00:00Z") });
    await world.complete();
    expect(ordered).toEqual([5, 4]);
  });

  it("is asked for through limits and trouble, and what GitHub will not send is not counted", async () => {
    refuses = (id) => id === 4;
    world.api.fault = (question) =>
      question % 3 === 1
        ? { kind: "answer", status: question % 2 ? 502 : 429, headers: { "retry-after": "3" } }
        : undefined;
    await start();
    const { progress } = await world.complete();
    expect(new Set(ordered)).toEqual(new Set([5, 3, 2]));
    expect(progress.tallies.deliveries).toMatchObject({ found: 4, fresh: 3 });
  });

  it("is of an organisation's webhook too", async () => {
    await start({ subject: "acme" });
    expect((await world.complete()).state).toBe("done");
    expect(ordered.length).toBeGreaterThan(0);
  });

  it("has to have been sent here", async () => {
    hookAddress = "https://pushline.example.com/api/webhooks/github-of-others";
    await start();
    expect(await world.complete()).toMatchObject({
      state: "failed",
      error: "None of its webhooks sends to the source github.",
    });
  });

  it("goes beside a history of the same repository", async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ code: "conflict" });
    expect((await world.start()).kind).toBe("history");
  });
});
