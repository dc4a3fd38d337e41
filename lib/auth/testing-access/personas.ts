import type { Role } from "@/lib/auth/actor";
import { authenticate } from "@/lib/auth/authenticate";
import { signedIn } from "@/lib/auth/testing";
import type { PersonaName } from "@/lib/auth/testing-access/classes";
import { outside } from "@/lib/auth/testing-access/tellings";
import type { World } from "@/lib/auth/testing-access/world";
import type { Context } from "@/lib/context";
import { addressHeader, directHeader } from "@/lib/http/client-address";

const people: Partial<Record<PersonaName, { role: Role; teams?: Record<string, Role> }>> = {
  viewer: { role: "viewer" },
  editor: { role: "editor" },
  admin: { role: "admin" },
  alphaEditor: { role: "viewer", teams: { alpha: "editor" } },
  betaEditor: { role: "viewer", teams: { [outside.team]: "editor" } },
  alphaAdmin: { role: "viewer", teams: { alpha: "admin" } },
  betaAdmin: { role: "viewer", teams: { [outside.team]: "admin" } },
  disabledAdmin: { role: "admin" },
};

/** As whom a request is sent: its headers, and the Context of the instance that is asked. */
export interface Credentials {
  context: Context;
  headers: Record<string, string>;
}

/** People get a session for each request, so that one that ends it ends nobody else's. */
export async function credentialsOf(
  { context, opened }: World,
  persona: PersonaName,
): Promise<Credentials> {
  const near = { [addressHeader]: "127.0.0.1", [directHeader]: "yes" };
  const browser = { ...near, "sec-fetch-site": "same-origin" };
  if (persona === "anonymous") return { context, headers: browser };
  if (persona === "visitor") return { context: opened, headers: browser };
  const person = people[persona];
  if (!person) return { context, headers: { ...near, authorization: `Bearer ${persona}` } };
  const { cookie, person: row } = await signedIn(context, person);
  if (persona === "disabledAdmin")
    await context.db
      .updateTable("people")
      .set({ disabled_at: context.clock.now() })
      .where("id", "=", row.id)
      .execute();
  return { context, headers: { ...browser, cookie } };
}

/** The Context that a verb is given when this persona asks. */
export async function contextOf(world: World, persona: PersonaName): Promise<Context> {
  const { context, headers } = await credentialsOf(world, persona);
  const reader = { get: (name: string) => headers[name] ?? null };
  return { ...context, actor: await authenticate(context, reader, "GET") };
}
