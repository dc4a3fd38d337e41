import type { Person } from "@/lib/auth/actor";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** The person who asks. Throws `forbidden` for whoever is none. */
export function selfOf({ actor }: Pick<Context, "actor">): Person {
  if (actor.kind === "person") return actor;
  throw new Problem("forbidden", "This is for people who signed in.");
}
