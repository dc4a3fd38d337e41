import { z } from "zod";
import { backfillKinds, backfillStates } from "@/db/schema/backfills";
import type { Backfill } from "@/lib/backfill/claim";
import { historyOf } from "@/lib/backfill/history-of";
import { tallyOf } from "@/lib/backfill/progress";
import { iso } from "@/lib/deployments/deployment-answer";
import { time, timeOrNull } from "@/lib/http/answers";

const phaseAnswer = z.object({
  name: z.string(),
  /** As people call it. */
  title: z.string(),
  state: z.enum(["waiting", "running", "done", "skipped"]),
  /** What the API listed and is delivered. */
  found: z.number().int(),
  /** How many of those were not known before. */
  fresh: z.number().int(),
  pagesRead: z.number().int(),
  /** As far as the API tells; an upper bound where older ones are left out. */
  pages: z.number().int().nullable(),
  /** Why it was skipped. */
  problem: z.string().nullable(),
  /** Would not come, and is asked for once more at the end. */
  aside: z.number().int(),
  /** Would not come to the end. */
  leftOutCount: z.number().int(),
  /** The first of them. */
  leftOut: z.array(
    z.object({
      /** As the API calls it. */
      item: z.string(),
      reason: z.string(),
      /** Whether it was told as the list has it, without its details. */
      told: z.boolean(),
    }),
  ),
});

export const backfillAnswer = z.object({
  id: z.string(),
  provider: z.string(),
  source: z.string(),
  /** A history, or what was sent and did not arrive. */
  kind: z.enum(backfillKinds),
  /** The repository, project, job, application or service; "all" where it is the whole. */
  subject: z.string(),
  api: z.string(),
  since: timeOrNull,
  /** Asked with a token; it is never shown. */
  hasToken: z.boolean(),
  state: z.enum(backfillStates),
  /** Until then it waits: a limit, or a pause after trouble, which `error` tells. */
  waitsUntil: timeOrNull,
  error: z.string().nullable(),
  phases: z.array(phaseAnswer),
  createdBy: z.string(),
  createdAt: time,
  updatedAt: time,
  finishedAt: timeOrNull,
});
export type BackfillAnswer = z.infer<typeof backfillAnswer>;

/** A row as it is answered, at a moment: a wait that is over is none. */
export function backfillAnswerOf(row: Backfill, now: Date): BackfillAnswer {
  const phases = historyOf(row)?.phases ?? [];
  const waits = row.state === "running" && row.next_at !== null && row.next_at > now;
  return {
    id: row.id,
    provider: row.provider,
    source: row.source,
    kind: row.kind,
    subject: row.progress.found?.subject ?? row.subject,
    api: row.api,
    since: iso(row.since),
    hasToken: row.sealed_token !== null,
    state: row.state,
    waitsUntil: waits ? iso(row.next_at) : null,
    error: row.error,
    phases: phases.map((phase, index) => {
      const { leftOut = [], leftOutCount = 0, ...tally } = tallyOf(row.progress, phase);
      const aside = row.progress.aside?.filter((one) => one.phase === index).length ?? 0;
      return {
        name: phase.name,
        title: phase.title,
        state: stateOf(row, index, tally.problem),
        ...tally,
        ...{ aside, leftOut, leftOutCount },
      };
    }),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    finishedAt: iso(row.finished_at),
  };
}

function stateOf({ progress, state }: Backfill, phase: number, problem: string | null) {
  if (problem !== null) return "skipped";
  if (phase < progress.phase) return "done";
  const isUnderWay = phase === progress.phase && progress.found !== null && state !== "stopped";
  return isUnderWay ? "running" : "waiting";
}
