import { z } from "zod";
import { type Role, roles } from "@/lib/auth/actor";
import { expiredInvitation } from "@/lib/auth/people/invitations";
import { authorise } from "@/lib/auth/policy";
import { hashSecret } from "@/lib/auth/secrets";
import type { Context } from "@/lib/context";
import { type Page, time, timeOrNull } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";

const states = ["open", "accepted", "withdrawn", "expired"] as const;

export const invitationAnswer = z.object({
  id: z.string(),
  note: z.string(),
  role: z.enum(roles),
  teams: z.record(z.string(), z.enum(roles)),
  invitedBy: z.string(),
  createdAt: time,
  expiresAt: time,
  acceptedAt: timeOrNull,
  state: z.enum(states),
});
export type InvitationAnswer = z.infer<typeof invitationAnswer>;

export const foundInvitation = invitationAnswer.pick({
  note: true,
  role: true,
  teams: true,
  invitedBy: true,
  expiresAt: true,
});

/** The invitations, newest first. Throws `invalid_cursor`. */
export async function listInvitations(
  context: Context,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<InvitationAnswer>> {
  authorise(context, "admin");
  let query = invitationsWithNames(context);
  if (cursor)
    query = query.where(
      olderThan(decodeCursor(cursor), { at: "invitations.created_at", id: "invitations.id" }),
    );
  const rows = await query
    .orderBy("invitations.created_at", "desc")
    .orderBy("invitations.id", "desc")
    .limit(limit + 1)
    .execute();
  const now = context.clock.now();
  const position = (row: Row) => ({ at: row.created_at, id: row.id });
  return page(rows, limit, position, (row) => toAnswer(row, now));
}

/** What an open invitation gives, for whoever holds its token. Throws `expired`. */
export async function findInvitation(
  context: Context,
  token: string,
): Promise<z.infer<typeof foundInvitation>> {
  const row = await invitationsWithNames(context)
    .where("token_hash", "=", hashSecret(token))
    .executeTakeFirst();
  const found = row && toAnswer(row, context.clock.now());
  if (found?.state !== "open") throw expiredInvitation();
  const { note, role, teams, invitedBy, expiresAt } = found;
  return { note, role, teams, invitedBy, expiresAt };
}

function invitationsWithNames({ db }: Pick<Context, "db">) {
  return db
    .selectFrom("invitations")
    .leftJoin("people", "people.id", "invitations.invited_by")
    .selectAll("invitations")
    .select("people.name as inviter");
}

type Row = Awaited<ReturnType<ReturnType<typeof invitationsWithNames>["executeTakeFirstOrThrow"]>>;

function toAnswer(row: Row, now: Date): InvitationAnswer {
  return {
    id: row.id,
    note: row.note,
    role: row.role as Role,
    teams: row.teams as Record<string, Role>,
    invitedBy: row.inviter ?? row.invited_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    state: stateOf(row, now),
  };
}

function stateOf(row: Row, now: Date): (typeof states)[number] {
  if (row.accepted_at) return "accepted";
  if (row.withdrawn_at) return "withdrawn";
  return row.expires_at <= now ? "expired" : "open";
}
