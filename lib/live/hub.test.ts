import type { KyselyPlugin } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { announce } from "@/lib/live/announce";
import { Hub, type Listener } from "@/lib/live/hub";
import { sequence } from "@/lib/live/sequence";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function tell(id: string): Promise<void> {
  await announce(database.db, "deployment", { id });
  await sequence(database.db);
}

function listener(position: number): Listener & { heard: number[] } {
  const heard: number[] = [];
  return {
    position,
    heard,
    tell: (positions) => void heard.push(...positions.map((each) => each.position)),
  };
}

/** Runs something once, after a query has been answered and before its asker goes on. */
function afterNextAnswer(work: () => Promise<void>): KyselyPlugin {
  let isDue = true;
  return {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (isDue) {
        isDue = false;
        await work();
      }
      return result;
    },
  };
}

it("a newcomer hears what is told between its last look back and its joining", async () => {
  await tell("before");
  let hub: Hub;
  const late = listener(0);
  const plugin = afterNextAnswer(async () => {
    await tell("between");
    await hub.refresh();
  });
  const db = database.db.withPlugin(plugin);
  hub = new Hub(db);
  const newcomer = listener(0);
  await hub.join(newcomer, async () => undefined);
  await hub.join(late, async () => undefined);
  await tell("after");
  await hub.refresh();
  expect(newcomer.heard).toEqual([1, 2, 3]);
  expect(late.heard).toEqual([1, 2, 3]);
});

it("looks back page by page, waiting for a slow listener between them", async () => {
  const many = Array.from({ length: 1_100 }, (_, n) => ({ id: String(n) }));
  await announce(database.db, "build", many);
  while ((await sequence(database.db)) > 0);
  const hub = new Hub(database.db);
  const slow = listener(0);
  let waits = 0;
  await hub.join(slow, async () => {
    waits += 1;
  });
  expect(slow.heard).toEqual(Array.from({ length: 1_103 }, (_, n) => n + 1));
  expect(waits).toBe(2);
});

it("tells nothing to who has left", async () => {
  const hub = new Hub(database.db);
  const gone = listener(1_103);
  await hub.join(gone, async () => undefined);
  hub.leave(gone);
  await tell("unheard");
  await hub.refresh();
  expect(gone.heard).toEqual([]);
});
