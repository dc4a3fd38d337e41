import { z } from "zod";
import { reachKinds, roles, scopes } from "@/lib/auth/actor";
import { passwordIssuer } from "@/lib/auth/people/add-person";
import { identityAnswer, readIdentities } from "@/lib/auth/people/own-identities";
import { type Access, decide } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";

export const meAnswer = z.object({
  kind: z.enum(["person", "token", "visitor", "system", "anonymous"]),
  name: z.string(),
  email: z.string().nullable(),
  /** Of the instance; null for what is no person. */
  role: z.enum(roles).nullable(),
  teams: z.record(z.string(), z.enum(roles)),
  scopes: z.array(z.enum(scopes)).nullable(),
  reach: z.object({ kind: z.enum(reachKinds), name: z.string() }).nullable(),
  hasPassword: z.boolean(),
  /** By what a person signs in. */
  identities: z.array(identityAnswer),
  /** Anywhere at all; a team's role counts. */
  can: z.object({ write: z.boolean(), manage: z.boolean(), admin: z.boolean() }),
});
export type MeAnswer = z.infer<typeof meAnswer>;

/** Who asks, and what they may. */
export async function readMe(context: Context): Promise<MeAnswer> {
  const { actor } = context;
  const may = (access: Access) => decide(context.config, actor, access).may;
  const identities = actor.kind === "person" ? await readIdentities(context, actor.id) : [];
  return {
    kind: actor.kind,
    name: actor.name,
    email: actor.kind === "person" ? actor.email : null,
    role: actor.kind === "person" ? actor.role : null,
    teams: actor.kind === "person" ? { ...actor.teams } : {},
    scopes: actor.kind === "token" ? [...actor.scopes] : null,
    reach: actor.kind === "token" ? actor.reach : null,
    hasPassword: identities.some(({ issuer }) => issuer === passwordIssuer),
    identities,
    can: { write: may("write"), manage: may("manage"), admin: may("admin") },
  };
}
