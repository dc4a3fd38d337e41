import type { Kysely, Selectable } from "kysely";
import type { Database } from "@/db/schema";
import type { TokensTable } from "@/db/schema/access";
import type { Scope } from "@/lib/auth/actor";
import { decide } from "@/lib/auth/policy";
import { writeTokenUse } from "@/lib/auth/token-use";
import type { ConfigToken } from "@/lib/config";
import type { Context } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import type { Page } from "@/lib/http/answers";
import { pageByName } from "@/lib/http/cursor";
import type { TokenAnswer } from "@/lib/http/settings-answers";
import { fileFirst } from "@/lib/settings/file-first";
import { accessToReach, reachOfRow } from "@/lib/settings/token-access";

/**
 * The tokens that the asker may manage, by name: all of them for an admin, else
 * those whose reach is their team's. Revoked ones stay, since what they sent does.
 */
export async function listTokens(
  context: Context,
  filter: { cursor?: string; limit?: number },
): Promise<Page<TokenAnswer>> {
  await writeTokenUse(context.db);
  const { config, actor } = context;
  const now = context.clock.now();
  const stored = await context.db.selectFrom("tokens").selectAll().execute();
  const { inFile, besideIt } = fileFirst(config.provisioned.tokens, config.tokens, stored);
  const items = [
    ...inFile.map((token) => provisionedToken(token, now)),
    ...besideIt.map((row) => tokenAnswerOf(row, now)),
  ].filter(({ reach }) => {
    const { access, subject } = accessToReach(config, reach);
    return decide(config, actor, access, subject).may;
  });
  return pageByName(items, filter);
}

export async function readToken(db: Kysely<Database>, id: string, now: Date): Promise<TokenAnswer> {
  const row = await db
    .selectFrom("tokens")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return tokenAnswerOf(row, now);
}

function provisionedToken(token: ConfigToken, now: Date): TokenAnswer {
  const expiresAt = token.hashes[0]?.validUntil ?? null;
  return {
    id: token.id,
    name: token.name,
    prefix: null,
    scopes: [...token.scopes],
    reach: token.reach,
    createdBy: null,
    createdAt: null,
    expiresAt: iso(expiresAt),
    lastUsedAt: null,
    provisioned: true,
    replacing: null,
    state: expiresAt && expiresAt <= now ? "expired" : "active",
  };
}

function tokenAnswerOf(row: Selectable<TokensTable>, now: Date): TokenAnswer {
  const previous = row.previous_valid_until;
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as Scope[],
    reach: reachOfRow(row),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: iso(row.expires_at),
    lastUsedAt: iso(row.last_used_at),
    provisioned: false,
    replacing: previous && previous > now ? previous.toISOString() : null,
    state: stateOf(row, now),
  };
}

function stateOf(
  { revoked_at, expires_at }: Pick<Selectable<TokensTable>, "revoked_at" | "expires_at">,
  now: Date,
): TokenAnswer["state"] {
  if (revoked_at) return "revoked";
  return expires_at && expires_at <= now ? "expired" : "active";
}
