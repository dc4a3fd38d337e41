import { sql } from "kysely";
import { authorise } from "@/lib/auth/policy";
import { isWithin, reachOf } from "@/lib/auth/reach";
import { teamOfService } from "@/lib/config/team-of-service";
import type { Context } from "@/lib/context";
import type { StreamName } from "@/lib/deployments/read-stream";
import type { SeparationBody } from "@/lib/facts/separation-body";
import type { IncidentAnswer } from "@/lib/http/answers";
import { Problem } from "@/lib/http/problem";
import type { IncidentRow } from "@/lib/incidents/incident-answer";
import { findIncident, readIncident } from "@/lib/incidents/list-incidents";
import { tell } from "@/lib/ingest/tell";
import { settleDelivery } from "@/lib/projection/settle-delivery";

/**
 * Holds one member of an incident apart in a person's name, or lets it join again;
 * the figures have it when this returns. Answers the incident as it is without the
 * member, or with it. A member is named by its id among `signs`, an alert also by its own.
 * Throws `not_found` for the incident, or a member neither of it nor held apart from
 * it, `forbidden`, and `nothing_to_part` where nothing would be left to part it from.
 */
export async function setIncidentSeparation(
  context: Context,
  incidentId: string,
  { member: named, apart, note }: SeparationBody,
): Promise<IncidentAnswer> {
  const incident = await findIncident(context, incidentId);
  const { id, title, service } = incident;
  authorise(context, "write", { service, team: service && teamOfService(context.config, service) });
  const member = await findMember(context, incident, named);
  const rest = apart ? await withoutMember(context, incident, member.id) : [];
  if (apart && rest.length === 0)
    throw new Problem("nothing_to_part", "It stands alone: there is nothing to part it from.");
  if (!apart && !(await isApart(context, member.id))) return readIncident(context, member.id);
  const delivery = await tell(
    context,
    { type: "separation", kind: "incident", member: member.id, apart, note },
    {
      action: apart ? "incident.separated" : "incident.rejoined",
      subject: { kind: "incident", id },
      details: { title, report: member.name, note },
    },
  );
  await settleDelivery(context, delivery, async () => [streamOf(incident), ...member.streams]);
  return readFirst(context, [...rest, member.id]);
}

interface Member {
  id: string;
  name: string;
  /** Its own, and that of the declared incident that it names. */
  streams: StreamName[];
}

async function findMember(
  context: Context,
  { members, apart }: IncidentRow,
  named: string,
): Promise<Member> {
  const ids = [...members, ...apart];
  const { rows } = await sql<StreamName & { id: string; name: string; outside: string | null }>`
    select id, title as name, coalesce(service, '') as service,
      coalesce(environment, '') as environment, service as outside
    from declared_incidents where id = ${named} and id = any(${ids}::text[])
    union all
    select a.member_id, a.name, coalesce(s.service, ''), coalesce(s.environment, ''), a.service
    from alerts a
    left join declared_incidents i on i.key = a.source || '/' || a.declared_incident
    cross join lateral (values
      (true, a.service, a.environment), (i.id is not null, i.service, i.environment)
    ) as s (known, service, environment)
    where s.known and (a.member_id = ${named} or a.id = ${named}) and a.member_id = any(${ids}::text[])`.execute(
    context.db,
  );
  const within = reachOf(context);
  const [first] = rows;
  if (!first || (first.outside !== null && !isWithin(within, first.outside)))
    throw new Problem("not_found", "This incident has no member of this id.", {
      field: "member",
      expected: "the id of one of its signs, or of what is held apart from it",
    });
  const streams = rows.map(({ service, environment }) => ({ service, environment }));
  return { id: first.id, name: first.name, streams };
}

/** The members that would be left; what a sender tells of a declared incident goes with it. */
async function withoutMember(
  { db }: Context,
  { members }: IncidentRow,
  id: string,
): Promise<string[]> {
  if (!members.includes(id)) return members;
  const { rows } = await sql<{ member_id: string }>`
    select a.member_id from alerts a
    join declared_incidents i on i.key = a.source || '/' || a.declared_incident
    where i.id = ${id} and a.member_id = any(${members}::text[])`.execute(db);
  const gone = new Set([id, ...rows.map((row) => row.member_id)]);
  return members.filter((member) => !gone.has(member));
}

async function isApart({ db }: Context, member: string): Promise<boolean> {
  const word = await db
    .selectFrom("separations")
    .select("apart")
    .where("kind", "=", "incident")
    .where("member_id", "=", member)
    .executeTakeFirst();
  return word?.apart ?? false;
}

function streamOf({ service, environment }: IncidentRow): StreamName {
  return { service: service ?? "", environment: environment ?? "" };
}

/** The incident of the first of these members that has one: a lesser alert left alone has none. */
async function readFirst(context: Context, [first, ...others]: string[]): Promise<IncidentAnswer> {
  if (first === undefined) throw new Problem("not_found", "There is no incident of this id.");
  try {
    return await readIncident(context, first);
  } catch (error) {
    if (!(error instanceof Problem) || others.length === 0) throw error;
    return readFirst(context, others);
  }
}
