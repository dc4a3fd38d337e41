import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { authorise } from "@/lib/auth/policy";
import type { AuthMode, ConfigSource } from "@/lib/config";
import type { Context, Site } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import type { Page } from "@/lib/http/answers";
import { pageByName } from "@/lib/http/cursor";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";
import { Problem } from "@/lib/http/problem";
import type { SourceAnswer } from "@/lib/http/settings-answers";
import { firstDeliverySince } from "@/lib/ingest/first-delivery-since";
import { deliveryAnswer, listedColumns } from "@/lib/ingest/list-deliveries";
import { fileFirst } from "@/lib/settings/file-first";
import { canTest, titleOf } from "@/lib/settings/list-providers";
import { readSigns } from "@/lib/source-health/read-signs";
import type { Reader } from "@/lib/sources/reader";
import { providerNamed } from "@/lib/sources/registry";

/** The sources of pushline.yaml and settings, by name, with how they fare; never a secret. */
export async function listSources(
  context: Context,
  filter: { cursor?: string; limit?: number },
): Promise<Page<SourceAnswer>> {
  authorise(context, "admin");
  const described = await describeSources(context);
  const page = pageByName(described, filter);
  const fares = await deliveriesOf(
    context,
    page.items.map(({ name }) => name),
  );
  return { ...page, items: page.items.map((item) => ({ ...item, ...fares(item.name) })) };
}

/** One source as the list has it. Throws `not_found`. */
export async function readSource(context: Context, name: string): Promise<SourceAnswer> {
  const found = (await describeSources(context)).find((source) => source.name === name);
  if (!found) throw new Problem("not_found", "There is no source of this name.");
  return { ...found, ...(await deliveriesOf(context, [name]))(name) };
}

type Fare = Pick<SourceAnswer, "lastDelivery" | "deliveries24h" | "failed24h" | "state">;
type Described = Omit<SourceAnswer, keyof Fare>;

/** From the table and not from the Config at hand, which is as of when the request came. */
async function describeSources({ db, config, site }: Context): Promise<Described[]> {
  const stored = await db
    .selectFrom("configured_sources")
    .selectAll()
    .where("removed_at", "is", null)
    .execute();
  const { inFile, besideIt } = fileFirst(config.provisioned.sources, config.sources, stored);
  return [
    ...inFile.map((source) => describe(site, source, source.secrets.length, null)),
    ...besideIt.map((row) =>
      describe(site, { ...row, auth: row.auth as AuthMode }, row.sealed_secrets.length, row),
    ),
  ];
}

function describe(
  { baseUrl }: Site,
  source: Pick<ConfigSource, "name" | "provider" | "auth" | "username" | "header">,
  secrets: number,
  stored: { created_at: Date; rotated_at: Date | null } | null,
): Described {
  const { name, auth, username, header } = source;
  const provider = providerNamed(source.provider);
  const path = `/api/webhooks/${name}`;
  return {
    name,
    provider: source.provider,
    title: provider ? titleOf(provider) : source.provider,
    auth,
    username,
    header,
    address: baseUrl === null ? path : new URL(path, baseUrl).href,
    secrets,
    provisioned: stored === null,
    createdAt: iso(stored?.created_at ?? null),
    rotatedAt: iso(stored?.rotated_at ?? null),
    canTest: provider !== null && canTest(provider, auth),
    hasMapping: provider?.readBy !== undefined,
    history: historyForm(provider),
  };
}

function historyForm(provider: Reader | null): Described["history"] {
  if (!provider?.history) return null;
  const { subject, api, tokenHint } = provider.history;
  const { label, placeholder } = subject;
  const missedTokenHint = provider.missed?.tokenHint ?? null;
  const knowsMissed = missedTokenHint !== null;
  return { label, placeholder, api, tokenHint, knowsMissed, missedTokenHint };
}

const day = 86_400_000;

async function deliveriesOf(
  { db, clock }: Context,
  names: readonly string[],
): Promise<(name: string) => Fare> {
  const now = clock.now();
  const since = await firstDeliverySince(db, new Date(now.getTime() - day));
  const [signs, last, counts] = await Promise.all([
    readSigns(db, names, now),
    lastDeliveries(db, names),
    since === null ? [] : countsSince(db, names, since),
  ]);
  return (name) => {
    const counted = counts.find(({ source }) => source === name);
    return {
      lastDelivery: last.find(({ source }) => source === name) ?? null,
      deliveries24h: counted?.deliveries ?? 0,
      failed24h: counted?.failed ?? 0,
      state: signs.get(name)?.state ?? "waiting",
    };
  };
}

async function lastDeliveries(
  db: Kysely<Database>,
  names: readonly string[],
): Promise<DeliveryAnswer[]> {
  const rows = await Promise.all(
    names.map((name) =>
      db
        .selectFrom("deliveries")
        .select(listedColumns)
        .where("source", "=", name)
        .orderBy("id", "desc")
        .limit(1)
        .execute(),
    ),
  );
  return rows.flat().map(deliveryAnswer);
}

async function countsSince(
  db: Kysely<Database>,
  names: readonly string[],
  first: number,
): Promise<{ source: string; deliveries: number; failed: number }[]> {
  const { rows } = await sql<{ source: string; deliveries: number; failed: number }>`
    select source, count(*) as deliveries, count(*) filter (where outcome = 'failed') as failed
    from deliveries where source = any(${[...names]}::text[]) and id >= ${first}
    group by source`.execute(db);
  return rows;
}
