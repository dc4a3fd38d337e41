import type { Kysely } from "kysely";
import { createDatabase } from "@/db/client";
import type { Database } from "@/db/schema";
import { systemClock } from "@/lib/clock";
import { defaultConfig } from "@/lib/config";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { withPostgres } from "@/scripts/bench/bench-postgres";
import { fillDeliveries, serviceRules } from "@/scripts/bench/rebuild/fill";
import { median } from "@/scripts/bench/statistics";

const sizes = [10_000, 40_000];
const rounds = 3;
const config = { ...defaultConfig, services: serviceRules };
const deliveriesAtOnce = 1_000;

/** What a rebuild of everything costs, beside plainly reading all deliveries, at two sizes. */
export async function benchRebuild(): Promise<void> {
  for (const size of sizes)
    await withPostgres(async (url) => {
      const { db, close } = createDatabase(url, {
        max: 2,
        applicationName: "bench",
        statementTimeoutMs: 0,
      });
      const deliveries = await fillDeliveries(db, size);
      // The first one writes every row at its swap; what is measured finds them all as they are.
      await rebuildOnce(url);
      const measured: { plain: number; parts: Parts }[] = [];
      for (let round = 0; round < rounds; round += 1)
        measured.push({ plain: await readPlainly(db), parts: await rebuildOnce(url) });
      await close();
      print(deliveries, measured);
    });
}

interface Parts {
  reading: number;
  facts: number;
  deriving: number;
  swap: number;
  whole: number;
}

const headings = ["Reading", "Making", "Deriving", "Caught up"] as const;

/** Seconds by phase, told from the lines that it says. */
async function rebuildOnce(url: string): Promise<Parts> {
  const begun = performance.now();
  const moments = new Map<string, number>();
  const log = (line: string) => {
    const heading = headings.find((words) => line.startsWith(words));
    if (heading) moments.set(heading, (performance.now() - begun) / 1000);
  };
  await rebuild({ url, config, clock: systemClock, log, anew: true });
  const whole = (performance.now() - begun) / 1000;
  const [reading = 0, facts = 0, deriving = 0, swap = 0] = headings.map((words) =>
    moments.get(words),
  );
  return {
    reading: facts - reading,
    facts: deriving - facts,
    deriving: swap - deriving,
    swap: whole - swap,
    whole,
  };
}

/** Seconds that it takes to fetch all of them, as a rebuild does, and to do nothing with them. */
async function readPlainly(db: Kysely<Database>): Promise<number> {
  const begun = performance.now();
  for (let last = 0; ; ) {
    const batch = await db
      .selectFrom("deliveries")
      .select(["id", "source", "provider", "headers", "body", "received_at", "outcome"])
      .where("id", ">", last)
      .orderBy("id")
      .limit(deliveriesAtOnce)
      .execute();
    const end = batch.at(-1);
    if (!end) return (performance.now() - begun) / 1000;
    last = end.id;
  }
}

function print(deliveries: number, measured: readonly { plain: number; parts: Parts }[]): void {
  const of = (part: keyof Parts) => median(measured.map(({ parts }) => parts[part]));
  const ratio = median(measured.map(({ plain, parts }) => parts.whole / plain));
  console.log(
    `${deliveries} deliveries: ${Math.round(deliveries / of("whole"))} a second, ${ratio.toFixed(1)}× reading them plainly`,
  );
  const told = (["reading", "facts", "deriving", "swap"] as const).map(
    (part) => `${part} ${of(part).toFixed(1)} s`,
  );
  console.log(`  ${told.join("   ")}`);
}
