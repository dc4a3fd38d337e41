import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { ConfiguredSourcesTable, TokensTable } from "@/db/schema/access";
import type { Scope } from "@/lib/auth/actor";
import type { AuthMode, Config, ConfigSource, ConfigToken } from "@/lib/config";
import { objectiveOfRow, objectivesBeside } from "@/lib/settings/objectives-held";
import { earlierEnd, reachOfRow } from "@/lib/settings/token-access";
import { objectiveId } from "@/lib/slo/objective";
import type { Vault } from "@/lib/vault";

/** Notified when something of the settings has changed. */
export const settingsChannel = "pushline_settings";

export interface LiveConfig {
  /** As of the last reload; replaced as a whole, never changed. */
  readonly current: Config;
  reload(): Promise<void>;
}

/**
 * pushline.yaml with what was set up in settings beside it. Where both name the
 * same thing the file holds: whoever provisions it wants just that. Throws where
 * the vault cannot open what is sealed: the key is another than it was.
 */
export async function openLiveConfig(
  db: Kysely<Database>,
  file: Config,
  vault: Vault,
): Promise<LiveConfig> {
  let current = await merged(db, file, vault);
  let under: Promise<void> = Promise.resolve();
  return {
    get current() {
      return current;
    },
    // One after the other: an older answer must not replace a newer one.
    reload() {
      under = under
        .catch(() => undefined)
        .then(async () => {
          current = await merged(db, file, vault);
        });
      return under;
    },
  };
}

/** Tells every process, this one included, once the transaction has committed. */
export async function announceSettings(trx: Kysely<Database>): Promise<void> {
  await sql`select pg_notify(${settingsChannel}, '')`.execute(trx);
}

/** What a source's secrets are sealed for. */
export const sourcePurpose = (name: string) => `source ${name}`;

async function merged(db: Kysely<Database>, file: Config, vault: Vault): Promise<Config> {
  const [sources, tokens, teams, services, engines, objectives] = await Promise.all([
    db.selectFrom("configured_sources").selectAll().orderBy("name").execute(),
    db.selectFrom("tokens").selectAll().orderBy("name").execute(),
    db.selectFrom("configured_teams").selectAll().orderBy("name").execute(),
    db.selectFrom("configured_services").selectAll().orderBy("name").execute(),
    db.selectFrom("configured_engines").selectAll().orderBy("name").execute(),
    db.selectFrom("configured_objectives").selectAll().orderBy("id").execute(),
  ]);
  return {
    ...file,
    sources: beside(
      file.sources,
      sources.filter((row) => row.removed_at === null).map((row) => toSource(row, vault)),
    ),
    tokens: beside(file.tokens, tokens.filter((row) => row.revoked_at === null).map(toToken)),
    formerNames: [
      ...sources.filter((row) => row.removed_at !== null),
      ...tokens.filter((row) => row.revoked_at !== null),
    ].map((row) => row.name),
    teams: beside(
      file.teams,
      teams.map(({ name, timezone }) => ({ name, timezone })),
    ),
    services: beside(
      file.services,
      services.map((row) => ({
        name: row.name,
        repository: row.repository,
        team: row.team,
        dependsOn: row.depends_on,
        paths: row.paths,
        deployments: row.deployments,
      })),
    ),
    engines: beside(
      file.engines,
      engines.map(({ name, url }) => ({ name, url })),
    ),
    slos: objectivesBeside(file.slos, objectives.map(objectiveOfRow)),
    provisioned: {
      sources: namesOf(file.sources),
      tokens: namesOf(file.tokens),
      teams: namesOf(file.teams),
      services: namesOf(file.services),
      engines: namesOf(file.engines),
      slos: file.slos.map(objectiveId),
    },
  };
}

function beside<Item extends { name: string }>(file: readonly Item[], stored: Item[]): Item[] {
  const names = new Set(namesOf(file));
  return [...file, ...stored.filter(({ name }) => !names.has(name))];
}

function namesOf(items: readonly { name: string }[]): string[] {
  return items.map(({ name }) => name);
}

function toSource(row: Selectable<ConfiguredSourcesTable>, vault: Vault): ConfigSource {
  return {
    name: row.name,
    provider: row.provider,
    auth: row.auth as AuthMode,
    secrets: row.sealed_secrets.map((sealed) => vault.open(sourcePurpose(row.name), sealed)),
    username: row.username,
    header: row.header,
  };
}

function toToken(row: Selectable<TokensTable>): ConfigToken {
  const hashes = [{ hash: row.token_hash, validUntil: row.expires_at }];
  if (row.previous_hash && row.previous_valid_until)
    hashes.push({
      hash: row.previous_hash,
      validUntil: earlierEnd(row.previous_valid_until, row.expires_at),
    });
  return {
    id: row.id,
    name: row.name,
    hashes,
    scopes: row.scopes as Scope[],
    reach: reachOfRow(row),
  };
}
