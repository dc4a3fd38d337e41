import { type Kysely, sql } from "kysely";
import { createDatabase } from "@/db/client";
import type { Database } from "@/db/schema";
import type { StreamName } from "@/lib/deployments/read-stream";
import { deriveDirtyStream } from "@/lib/projection/derive-stream";
import {
  contextOver,
  deliver,
  native,
  type ProjectionContext,
  projectAll,
  settleAll,
  sha,
} from "@/lib/projection/testing";
import { withPostgres } from "@/scripts/bench/bench-postgres";
import { median, percentile } from "@/scripts/bench/statistics";

const sizes = [50, 500, 5_000];
const changesEach = 4;
const deploymentsAtOnce = 100;
const rounds = 30;
const wholeRounds = 5;
const begin = Date.UTC(2024, 0, 1);

interface Measured {
  fresh: number[];
  whole: number[];
}

/** What deriving one fresh deployment costs in streams of several lengths, beside deriving the whole stream. */
export async function benchStreams(): Promise<void> {
  console.log(
    `One fresh deployment with ${changesEach} changes, ${rounds} rounds; the whole stream, ${wholeRounds} rounds.\n`,
  );
  const results = new Map(
    sizes.map((size): [number, Measured] => [size, { fresh: [], whole: [] }]),
  );
  await withPostgres(async (url) => {
    const { db, close } = createDatabase(url, {
      max: 4,
      statementTimeoutMs: 0,
      applicationName: "bench",
    });
    const context = contextOver(db);
    for (const size of sizes) await fill(context, size);
    await sql`analyze`.execute(db);
    for (let round = 0; round < rounds; round += 1)
      for (const [size, { fresh, whole }] of results) {
        await tell(context, size, size + round, 1);
        fresh.push(await timed(() => deriveDirtyStream(context, streamOf(size))));
        if (round >= wholeRounds) continue;
        await markWhole(db, streamOf(size));
        whole.push(await timed(() => deriveDirtyStream(context, streamOf(size))));
      }
    await close();
  });
  print(results);
}

function streamOf(size: number): StreamName {
  return { service: `stream-${size}`, environment: "production" };
}

async function fill(context: ProjectionContext, size: number): Promise<void> {
  for (let from = 0; from < size; from += deploymentsAtOnce)
    await tell(context, size, from, Math.min(deploymentsAtOnce, size - from));
  await settleAll(context);
}

/** Delivers and projects so many deployments of a stream, an hour apart, each with its changes. */
async function tell(
  context: ProjectionContext,
  size: number,
  from: number,
  count: number,
): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => eventsOf(size, from + index)).flat();
  await deliver(context.db, [native("09:00", events)]);
  await projectAll(context);
}

function eventsOf(size: number, number: number): object[] {
  const { service, environment } = streamOf(size);
  const repository = `acme/${service}`;
  const at = (minutes: number) => new Date(begin + (number * 60 + minutes) * 60_000).toISOString();
  const revision = (commit: number) => sha(`${service} ${commit}`);
  const first = number * changesEach;
  const changes = Array.from({ length: changesEach }, (_, index) => ({
    type: "change",
    id: revision(first + index),
    repository,
    branch: "main",
    revision: revision(first + index),
    parents: first + index === 0 ? [] : [revision(first + index - 1)],
    authoredAt: at(index),
    message: `Change ${first + index}`,
  }));
  return [
    ...changes,
    {
      type: "deployment",
      id: `${service} ${number}`,
      service,
      environment,
      repository,
      revision: revision(first + changesEach - 1),
      status: "succeeded",
      startedAt: at(20),
      finishedAt: at(25),
    },
  ];
}

async function markWhole(db: Kysely<Database>, { service }: StreamName): Promise<void> {
  await sql`
    update streams set dirty_from = timestamptz 'epoch', marked = marked + 1
    where service = ${service}`.execute(db);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function print(results: ReadonlyMap<number, Measured>): void {
  console.log("deployments   fresh p50 ms   p95 ms   whole p50 ms");
  for (const [size, { fresh, whole }] of results)
    console.log(
      `${String(size).padStart(11)} ${median(fresh).toFixed(1).padStart(14)} ` +
        `${percentile(fresh, 0.95).toFixed(1).padStart(8)} ${median(whole).toFixed(1).padStart(14)}`,
    );
}
