import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { type Reach, reachKinds } from "@/lib/auth/actor";
import { authorise } from "@/lib/auth/policy";
import { hashSecret, newId, newSecret } from "@/lib/auth/secrets";
import { configService, configToken } from "@/lib/config/schema";
import type { Context } from "@/lib/context";
import { timeField } from "@/lib/http/fields";
import { Problem } from "@/lib/http/problem";
import type { TokenWithSecretAnswer } from "@/lib/http/settings-answers";
import { changeSettings } from "@/lib/settings/change-settings";
import { readToken } from "@/lib/settings/list-tokens";
import { refuseTakenSender } from "@/lib/settings/names";
import {
  accessToReach,
  earlierEnd,
  endOf,
  refuseReplacedSecret,
} from "@/lib/settings/token-access";

const { name, scopes } = configToken.shape;
const reachName = configService.shape.name;

export const tokenBody = z.strictObject({
  name: name.max(200, "at most 200 characters"),
  scopes: scopes.transform((given) => [...new Set(given)]),
  /** Where the token ends; null: nowhere. */
  reach: z
    .strictObject({ kind: z.enum(reachKinds), name: reachName })
    .nullable()
    .default(null),
  expiresAt: timeField.nullable().default(null),
});
export type TokenBody = z.output<typeof tokenBody>;

/** Marks the secrets of Pushline's tokens, so that a leaked one is told for what it is. */
const secretMark = "pl_";
const shownCharacters = 8;

/**
 * Makes a token; its secret is in this answer and nowhere else. One that a token makes
 * ends no later than that does, whatever was asked for. Throws `name_taken`,
 * `invalid_field` for an end that has passed or a reach that leads nowhere, and what
 * the policy says of the reach.
 */
export async function makeToken(context: Context, body: TokenBody): Promise<TokenWithSecretAnswer> {
  const { access, subject } = accessToReach(context.config, body.reach);
  authorise(context, access, subject);
  refuseReplacedSecret(context);
  const now = context.clock.now();
  if (body.expiresAt && body.expiresAt <= now)
    throw new Problem("invalid_field", "A token that has expired already would be no use.", {
      field: "expiresAt",
      expected: "a time in the future",
    });
  await refuseNowhere(context, body.reach);
  const expiresAt = earlierEnd(body.expiresAt, endOf(context));
  const made = { id: newId(), ...newTokenSecret() };
  return changeSettings(context, async (trx) => {
    await refuseTakenSender(trx, context.config, body.name);
    await trx
      .insertInto("tokens")
      .values({
        id: made.id,
        name: body.name,
        prefix: made.prefix,
        token_hash: made.hash,
        scopes: body.scopes,
        reach_kind: body.reach?.kind ?? null,
        reach_name: body.reach?.name ?? null,
        created_by: context.actor.name,
        created_at: now,
        expires_at: expiresAt,
      })
      .execute();
    await recordAudit(trx, context, {
      action: "token.made",
      subject: { kind: "token", id: body.name },
      details: { scopes: body.scopes, reach: body.reach, expiresAt },
    });
    return { token: await readToken(trx, made.id, now), secret: made.secret };
  });
}

/** A secret, how it is kept, and as much of it as lists may show. */
export function newTokenSecret(): { secret: string; hash: Buffer; prefix: string } {
  const secret = secretMark + newSecret();
  return { secret, hash: hashSecret(secret), prefix: secret.slice(0, shownCharacters) };
}

/** A service may be known from what was sent alone. */
async function refuseNowhere({ config, db }: Context, reach: Reach | null): Promise<void> {
  if (!reach) return;
  const lists = { source: config.sources, team: config.teams, service: config.services };
  if (lists[reach.kind].some((known) => known.name === reach.name)) return;
  const seen =
    reach.kind === "service" &&
    (await db
      .selectFrom("streams")
      .select("service")
      .where("service", "=", reach.name)
      .executeTakeFirst());
  if (!seen)
    throw new Problem("invalid_field", `There is no ${reach.kind} of this name.`, {
      field: "reach.name",
      expected: `the name of a ${reach.kind}`,
    });
}
