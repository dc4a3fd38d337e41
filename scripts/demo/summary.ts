import type { Truth } from "@/scripts/demo/truth";

/** What was sent, and where to look; `incident` is the open one's id on this instance. */
export function summaryOf(
  truth: Truth,
  url: string,
  truthFile: string,
  incident: string | null,
): string {
  const { total } = truth;
  const rate = total.failRate === null ? "no" : `${(total.failRate * 100).toFixed(1)} %`;
  const open = truth.incidents.filter(({ resolvedAt }) => resolvedAt === null);
  return [
    "",
    `${Object.keys(truth.services).length} services, ${truth.days} days up to ${truth.now}:`,
    `  ${total.completed} production deployments, ${total.failed} of them failed (${rate} change fail rate)`,
    `  ${total.rollbacks} rollbacks, ${total.reverts} reverts, ${total.fixForwards} fix-forwards, ${total.redeploys} redeploys, ${total.failedAttempts} failed attempts`,
    `  ${total.incidents} incidents, ${total.incidentsWithoutDeployment} of them no deployment's fault, ${open.length} open`,
    `  the ground truth is in ${truthFile}`,
    "",
    "Open",
    `  ${new URL("/", url)}  what is rolling and what is on fire`,
    ...open.map(
      ({ service }) => `  ${new URL(`/services/${service}`, url)}  ${service} has an open incident`,
    ),
    ...(incident
      ? [`  ${new URL(`/incidents/${incident}`, url)}  who did it, and how to undo it`]
      : []),
    `  ${new URL("/trends", url)}  the five metrics over ${truth.days} days`,
    "",
  ].join("\n");
}
