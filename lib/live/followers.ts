import type { Actor } from "@/lib/auth/actor";
import { stillHolds } from "@/lib/auth/authenticate";
import { heldSessions } from "@/lib/auth/sessions/held-sessions";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** Who follows a stream, and with what they came. */
export interface Follower {
  actor: Actor;
  /** The header of a token. */
  authorization: string | null;
}

const streamsPerToken = 100;
/** Each costs memory for as long as it is open. */
const streamsInAll = 5_000;

/** Throws `too_many_requests` where one more is too many, for this actor or in all. */
export function refuseTooMany(
  { config }: Pick<Context, "config">,
  open: ReadonlySet<Follower>,
  actor: Actor,
): void {
  if (open.size >= streamsInAll)
    throw new Problem("too_many_requests", `At most ${streamsInAll} streams are open at once.`, {
      limit: streamsInAll,
      retryAfterSeconds: 30,
    });
  const limit = actor.kind === "person" ? config.limits.streamsPerPerson : streamsPerToken;
  const key = keyOf(actor);
  let mine = 0;
  for (const follower of open) if (keyOf(follower.actor) === key) mine += 1;
  if (mine < limit) return;
  throw new Problem(
    "too_many_requests",
    `At most ${limit} streams of ${whose(actor)} are open at once.`,
    { limit, retryAfterSeconds: 30 },
  );
}

/** Those whose session has ended or whose token is no longer one. */
export async function withoutRight<Each extends Follower>(
  context: Pick<Context, "db" | "clock" | "config">,
  followers: readonly Each[],
): Promise<Each[]> {
  const sessions = followers.flatMap(({ actor }) =>
    actor.kind === "person" ? [actor.session] : [],
  );
  const held = await heldSessions(context, [...new Set(sessions)]);
  return followers.filter(({ actor, authorization }) => {
    if (actor.kind === "person") return !held.has(actor.session);
    if (actor.kind === "token") return !stillHolds(context, authorization ?? "", actor.id);
    return false;
  });
}

function whose({ kind }: Actor): string {
  if (kind === "person") return "one person (limits in pushline.yaml)";
  return kind === "token" ? "one token" : "all who look without sign-in";
}

function keyOf(actor: Actor): string {
  return "id" in actor ? `${actor.kind} ${actor.id}` : actor.kind;
}
