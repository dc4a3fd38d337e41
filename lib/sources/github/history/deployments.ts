import { below, bodyOf, itemsOf, perPage } from "@/lib/sources/github/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { list, part } from "@/lib/sources/payload";

/** Each with its statuses, and the run that made it, by which rules may know the service. */
export const deployments: HistoryPhase = {
  name: "deployments",
  title: "Deployments",
  event: "api.deployment",
  start: ({ subject }) => below(subject, `/deployments?${perPage}`),
  readPage: (page, asked) =>
    itemsOf(page, asked, { id: "id", at: "created_at", newestFirst: true }),
  // A new status need not show in the deployment.
  tellsChange: false,
  itemsAtOnce: 10,
  async complete(deployment, ask, asked) {
    const path = below(asked.subject, `/deployments/${deployment.id}/statuses?${perPage}`);
    const statuses = (await ask.every(path)) ?? [];
    const run = runNamedBy(statuses);
    const asking = run && ask.optional(below(asked.subject, `/actions/runs/${run}`));
    const { name } = part(await asking);
    return bodyOf(asked, {
      deployment,
      statuses,
      ...(name !== undefined && { workflow_run: { name } }),
    });
  },
};

/** Actions leaves the address of its run in the status. */
function runNamedBy(statuses: readonly unknown[]): string | null {
  for (const status of list(statuses).map(part))
    for (const address of [status.log_url, status.target_url]) {
      const run = /\/actions\/runs\/(\d{1,19})(\/|$)/.exec(String(address ?? ""))?.[1];
      if (run) return run;
    }
  return null;
}
