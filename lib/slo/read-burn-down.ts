import type { Context } from "@/lib/context";
import type { BurnDownAnswer } from "@/lib/http/slo-answers";
import { burnDown } from "@/lib/slo/burn-down";
import { countSlos } from "@/lib/slo/count-slos";
import { dailySteps, findSlo } from "@/lib/slo/read-slos";

/**
 * How the error budget of one objective was spent over its window, day by day (UTC):
 * each point with its own day's events. Throws `not_found`.
 */
export async function readBurnDown(context: Context, id: string): Promise<BurnDownAnswer> {
  const { measure, objective } = await findSlo(context, id);
  const { windowDays, target } = objective;
  const now = context.clock.now();
  const [counts] = await countSlos(context.db, [{ measure, windowDays }], now);
  const steps = counts ? dailySteps(counts, now, windowDays) : [];
  return {
    points: burnDown(steps, target).map(({ at, ...point }) => ({ at: at.toISOString(), ...point })),
  };
}
