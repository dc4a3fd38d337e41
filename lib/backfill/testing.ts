import { afterAll, beforeAll, beforeEach } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { type Backfill, claimBackfill } from "@/lib/backfill/claim";
import { runBackfill } from "@/lib/backfill/run-backfill";
import { type BackfillBody, startBackfill } from "@/lib/backfill/start-backfill";
import { TestApi, type TestProvider } from "@/lib/backfill/testing-api";
import { testGithub } from "@/lib/backfill/testing-github";
import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import { testSource } from "@/lib/http/server/testing";
import { forgetEverything } from "@/lib/projection/testing";
import { testContext } from "@/lib/testing/context";

/** How many of each the whole of acme/shop has. */
export const everything = {
  commits: 6,
  pull_requests: 4,
  builds: 4,
  deployments: 3,
  releases: 2,
  incidents: 0,
  alerts: 0,
};

/** For the tests of one file: a database emptied before each, an API on loopback, and a clock of their own. */
export class BackfillWorld {
  now = 0;
  private opened: { database: TestDatabase; api: TestApi } | null = null;
  private current: Context | null = null;

  constructor(private readonly provider: TestProvider = testGithub) {
    beforeAll(async () => {
      this.opened = { database: await testDatabase(), api: await TestApi.start(provider) };
    });
    afterAll(async () => {
      this.api.close();
      await this.database.close();
    });
    beforeEach(() => this.forget());
  }

  get database(): TestDatabase {
    if (!this.opened) throw new Error("beforeAll has not run.");
    return this.opened.database;
  }

  get db(): TestDatabase["db"] {
    return this.database.db;
  }

  get api(): TestApi {
    if (!this.opened) throw new Error("beforeAll has not run.");
    return this.opened.api;
  }

  get context(): Context {
    if (!this.current) throw new Error("beforeEach has not run.");
    return this.current;
  }

  async forget(): Promise<void> {
    await forgetEverything(this.db);
    await this.db.deleteFrom("backfills").execute();
    this.api.reset();
    this.now = Date.parse("2026-11-21T12:00:00Z");
    await this.configure({});
  }

  async configure(file: Partial<Config>): Promise<void> {
    this.current = await testContext(
      this.database,
      {
        sources: [testSource({ name: this.provider.provider, provider: this.provider.provider })],
        ...file,
      },
      { clock: { now: () => new Date(this.now) } },
    );
  }

  start(body: Partial<BackfillBody> = {}) {
    const { api } = this.api;
    const { subject } = this.provider;
    return startBackfill(this.context, { subject, api, token: "a-secret-token", ...body });
  }

  /** One turn of one process; false where there is none to have. */
  async turn(holder = "one", signal = new AbortController().signal): Promise<boolean> {
    const claimed = await claimBackfill(this.db, holder, this.context.clock.now());
    if (claimed) await runBackfill(this.context, claimed, { holder, signal, log: () => undefined });
    return claimed !== null;
  }

  /** Turn after turn, over every wait, until it needs a person or is done. */
  async complete(): Promise<Backfill> {
    for (;;) {
      await this.turn();
      const row = await this.only();
      if (row.state !== "running") return row;
      const waits = [row.next_at, row.lease_until].flatMap((moment) => moment?.getTime() ?? []);
      this.now = Math.max(this.now + 1_000, ...waits);
    }
  }

  only(): Promise<Backfill> {
    return this.db.selectFrom("backfills").selectAll().executeTakeFirstOrThrow();
  }

  deliveries() {
    return this.db.selectFrom("deliveries").selectAll().orderBy("id").execute();
  }

  async counts() {
    const of = async (table: keyof typeof everything | "incidents" | "alerts") =>
      (await this.db.selectFrom(table).select("id").execute()).length;
    return {
      commits: await of("commits"),
      pull_requests: await of("pull_requests"),
      builds: await of("builds"),
      deployments: await of("deployments"),
      releases: await of("releases"),
      incidents: await of("incidents"),
      alerts: await of("alerts"),
    };
  }
}
