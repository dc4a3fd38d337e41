import type { Kysely } from "kysely";
import { createDatabase } from "@/db/client";
import type { Database } from "@/db/schema";
import { readWholeGraph } from "@/lib/deployments/testing-whole-graph";
import {
  clock,
  contextOver,
  deliver,
  deriveAll,
  native,
  type ProjectionContext,
  projectAll,
} from "@/lib/projection/testing";
import { withPostgres } from "@/scripts/bench/bench-postgres";
import { fillHistory, nameOf } from "@/scripts/bench/derive/fill-history";
import { percentile } from "@/scripts/bench/statistics";

const sizes = [1_000, 20_000, 100_000];
const deployments = 50;
const commitsEach = 4;
const repetitions = 30;

/** A push and its deployment, in repositories of ever more commits; beside it, reading all of one. */
export async function benchGraph(): Promise<void> {
  await withPostgres(async (url) => {
    const { db, close } = createDatabase(url, {
      max: 4,
      applicationName: "bench",
      statementTimeoutMs: 120_000,
    });
    try {
      const context = contextOver(db);
      console.log(
        `A fresh deployment of ${commitsEach} commits, by the size of its repository (ms)`,
      );
      let smallest: number | null = null;
      for (const commits of sizes) {
        const { project, derive, whole } = await measure(context, commits);
        smallest ??= percentile(derive, 0.5);
        const ratio = (percentile(derive, 0.5) / smallest).toFixed(2);
        console.log(
          `${String(commits).padStart(7)} commits   project ${told(project)}   derive ${told(derive)}   ${ratio}× the smallest   the whole repository read ${told(whole)}`,
        );
      }
    } finally {
      await close();
    }
  });
}

async function measure(context: ProjectionContext, commits: number) {
  const repository = `acme/of-${commits}`;
  await fillHistory(context.db, repository, commits);
  for (let index = deployments; index > 0; index -= 1)
    await deliver(context.db, [deployed(repository, commits - index * commitsEach, index)]);
  await projectAll(context);
  await deriveAll(context);
  const project: number[] = [];
  const derive: number[] = [];
  const whole: number[] = [];
  for (let turn = 0; turn < repetitions; turn += 1) {
    const first = commits + turn * commitsEach;
    await deliver(context.db, [
      ...Array.from({ length: commitsEach }, (_, index) => pushed(repository, first + index)),
      deployed(repository, first + commitsEach - 1, -turn),
    ]);
    project.push(await timed(() => projectAll(context)));
    derive.push(await timed(() => deriveAll(context)));
    if (turn % 10 === 0) whole.push(await timed(() => readAll(context.db, repository)));
  }
  return { project, derive, whole };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function readAll(db: Kysely<Database>, repository: string): Promise<unknown> {
  return readWholeGraph(db, [repository], () => true);
}

/** Minutes after the history's end, the later the smaller `before` is. */
function timeOf(before: number): string {
  return new Date(Date.parse(clock("00:00")) - before * 60_000).toISOString();
}

function pushed(repository: string, place: number) {
  return native("00:00", {
    type: "change",
    id: `${repository} ${place}`,
    repository,
    revision: nameOf(repository, place),
    parents: [nameOf(repository, place - 1)],
    authoredAt: timeOf(0),
  });
}

function deployed(repository: string, place: number, before: number) {
  return native("00:00", {
    type: "deployment",
    id: `${repository} ${before}`,
    service: repository,
    environment: "production",
    repository,
    revision: nameOf(repository, place),
    status: "succeeded",
    startedAt: timeOf(before),
    finishedAt: timeOf(before),
  });
}

function told(times: number[]): string {
  const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
  return `p50 ${p50.toFixed(1).padStart(6)} p95 ${p95.toFixed(1).padStart(6)}`;
}
