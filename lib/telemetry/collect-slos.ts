import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { MainBranchAnswer, SloAnswer } from "@/lib/http/slo-answers";
import { listMainBranches } from "@/lib/slo/list-main-branches";
import { readSlos } from "@/lib/slo/read-slos";
import type { Collector } from "@/lib/telemetry/exposition";
import type { Family, Sample } from "@/lib/telemetry/openmetrics";

/** A scrape is no place for thousands of label sets: the whole and the teams come first. */
const objectivesAtMost = 200;
const repositoriesAtMost = 200;
/** Scrapers come every few seconds, and windows of weeks do not change so fast. */
const freshMilliseconds = 60_000;

/**
 * Attainment, error budget and burn rates of every objective in force, and which main
 * branches are red, as gauges, over what the actor reaches; what has no data has no
 * sample. Read at most once a minute for each reach.
 */
export function sloCollector(): Collector {
  const read = new Map<string, { at: number; families: Promise<Family[]> }>();
  return (context) => {
    const now = context.clock.now().getTime();
    for (const [reach, { at }] of read)
      if (Math.abs(now - at) >= freshMilliseconds) read.delete(reach);
    const reach = JSON.stringify(reachOf(context));
    const fresh = read.get(reach);
    if (fresh) return fresh.families;
    const families = collect(context);
    read.set(reach, { at: now, families });
    families.catch(() => read.delete(reach));
    return families;
  };
}

async function collect(context: Context): Promise<Family[]> {
  const [{ items }, branches] = await Promise.all([
    readSlos(context, {}),
    listMainBranches(context, { state: ["red", "green"] }),
  ]);
  const shown = items.slice(0, objectivesAtMost);
  return [
    ...gauges.map(
      ({ read, ...family }): Family => ({ ...family, type: "gauge", samples: shown.flatMap(read) }),
    ),
    {
      name: "pushline_main_branch_red",
      type: "gauge",
      help: "1 while the newest finished build of any of a main branch's workflows is failed.",
      samples: branches.items.slice(0, repositoriesAtMost).map(redSample),
    },
  ];
}

const gauges: (Omit<Family, "type" | "samples"> & { read(slo: SloAnswer): Sample[] })[] = [
  {
    name: "pushline_slo_attainment_ratio",
    unit: "ratio",
    help: "Share of good events over the objective's window, 0 to 1.",
    read: (slo) => sample(slo, slo.attainment),
  },
  {
    name: "pushline_slo_target_ratio",
    unit: "ratio",
    help: "The share that the objective asks for.",
    read: (slo) => sample(slo, slo.target),
  },
  {
    name: "pushline_slo_error_budget_left_ratio",
    unit: "ratio",
    help: "Share of the error budget that is left; below 0 it is overspent.",
    read: (slo) => sample(slo, slo.budgetLeft),
  },
  {
    name: "pushline_slo_burn_rate",
    help: "How many times as fast as the target allows the budget is being spent.",
    read: (slo) =>
      slo.burnRates.flatMap(({ windowSeconds, burnRate }) =>
        sample(slo, burnRate, { window: `${windowSeconds / 3600}h` }),
      ),
  },
];

function sample(
  { indicator, scope }: SloAnswer,
  value: number | null,
  more: Record<string, string> = {},
): Sample[] {
  if (value === null) return [];
  return [{ suffix: "", labels: { indicator, ...scope, ...more }, value }];
}

function redSample({ repository, branch, state }: MainBranchAnswer): Sample {
  return { suffix: "", labels: { repository, branch }, value: state === "red" ? 1 : 0 };
}
