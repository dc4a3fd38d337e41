import { below, bodyOf, itemsOf, perPage } from "@/lib/sources/github/history/page";
import type { Ask, Asked, HistoryPhase } from "@/lib/sources/history";
import { count, isPayload, type Payload, part } from "@/lib/sources/payload";

/** Far beyond what GitHub lets anyone run again: whatever number it says, a step ends. */
const attemptsAtMost = 100;

/** Each attempt of a run with its jobs. Unfiltered, since GitHub ends a filtered list at a thousand. */
export const workflowRuns: HistoryPhase = {
  name: "workflow_runs",
  title: "Workflow runs",
  event: "api.workflow_run",
  start: ({ subject }) => below(subject, `/actions/runs?${perPage}`),
  readPage: (page, asked) =>
    itemsOf(part(page).workflow_runs, asked, { id: "id", at: "created_at", newestFirst: true }),
  tellsChange: true,
  itemsAtOnce: 10,
  async complete(run, ask, asked) {
    const last = count(run.run_attempt) ?? 1;
    const attempts = [await attemptOf(run, last, ask, asked)];
    const first = Math.max(1, last - attemptsAtMost + 1);
    for (let attempt = last - 1; attempt >= first; attempt -= 1) {
      const path = below(asked.subject, `/actions/runs/${run.id}/attempts/${attempt}`);
      const earlier = await ask.optional(path);
      if (isPayload(earlier)) attempts.push(await attemptOf(earlier, attempt, ask, asked));
    }
    return bodyOf(asked, { attempts });
  },
};

async function attemptOf(
  run: Payload,
  attempt: number,
  ask: Ask,
  { subject }: Asked,
): Promise<Payload> {
  const path = `/actions/runs/${run.id}/attempts/${attempt}/jobs?${perPage}`;
  return { workflow_run: run, jobs: (await ask.every(below(subject, path))) ?? [] };
}
