import { z } from "zod";
import { authorise } from "@/lib/auth/policy";
import { isWithin, reachOf } from "@/lib/auth/reach";
import { teamOfService } from "@/lib/config/team-of-service";
import type { Context } from "@/lib/context";
import type { IncidentAnswer } from "@/lib/http/answers";
import { Problem } from "@/lib/http/problem";
import { findIncident, readIncident } from "@/lib/incidents/list-incidents";
import { tell } from "@/lib/ingest/tell";
import { settleDelivery } from "@/lib/projection/settle-delivery";

const change = z.strictObject({
  kind: z.enum(["deployment", "release"]),
  id: z.string().min(1).max(100),
});
const changesAtMost = 100;

export const causeBody = z
  .strictObject({
    verdict: z.enum(["confirmed", "none"]).nullable(),
    changes: z.array(change).max(changesAtMost).default([]),
    rejected: z.array(change).max(changesAtMost).default([]),
    note: z.string().max(5_000).nullable().default(null),
  })
  .refine((body) => body.verdict !== "confirmed" || body.changes.length > 0, {
    path: ["changes"],
    error: 'at least one change for the verdict "confirmed"',
  })
  .refine((body) => body.verdict !== "none" || body.changes.length === 0, {
    path: ["changes"],
    error: 'no change for the verdict "none"',
  });
export type CauseBody = z.infer<typeof causeBody>;

/**
 * Records a person's word on what caused an incident; the metrics have it when
 * this returns. A null verdict undoes. Throws `not_found` for the incident,
 * `forbidden` for who may not judge what its team does, and `invalid_field` for a
 * change that is not known.
 */
export async function setCause(
  context: Context,
  incidentId: string,
  body: CauseBody,
): Promise<IncidentAnswer> {
  const incident = await findIncident(context, incidentId);
  const { service } = incident;
  authorise(context, "write", { service, team: service && teamOfService(context.config, service) });
  const known = await knownChanges(context, body);
  const delivery = await tell(
    context,
    { type: "verdict", incident: incident.id, ...body },
    {
      action: "incident.judged",
      subject: { kind: "incident", id: incident.id },
      details: { title: incident.title, ...body },
    },
  );
  await settleDelivery(context, delivery, async () => [
    ...(incident.service !== null && incident.environment !== null
      ? [{ service: incident.service, environment: incident.environment }]
      : []),
    ...known,
  ]);
  return readIncident(context, incident.id);
}

/** The streams of every change named; a change nobody knows is refused. */
async function knownChanges(
  context: Context,
  body: CauseBody,
): Promise<{ service: string; environment: string }[]> {
  const named = [...body.changes, ...body.rejected];
  const idsOf = (kind: "deployment" | "release") =>
    named.filter((each) => each.kind === kind).map((each) => each.id);
  const find = (table: "deployment_reports" | "releases", ids: string[]) =>
    ids.length === 0
      ? Promise.resolve([])
      : context.db
          .selectFrom(table)
          .select(["id", "service", "environment"])
          .where("id", "in", ids)
          .execute();
  const [deployments, releases] = await Promise.all([
    find("deployment_reports", idsOf("deployment")),
    find("releases", idsOf("release")),
  ]);
  const within = reachOf(context);
  const inReach = [...deployments, ...releases].filter((row) => isWithin(within, row.service));
  const found = new Set(inReach.map((row) => row.id));
  const unknown = named.find((each) => !found.has(each.id));
  if (unknown)
    throw new Problem("invalid_field", `There is no ${unknown.kind} ${unknown.id}.`, {
      field: "changes",
      expected: "public ids of deployments or releases",
    });
  return deployments.map(({ service, environment }) => ({ service, environment }));
}
