import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { placeRelease } from "@/lib/facts/place";
import { type Placed, savePlaced } from "@/lib/facts/save-placed";
import { type FactRow, type Standing, sourceOf } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";

/** Saves releases in the stream that the rules give them. */
export async function saveReleases(
  trx: Transaction<Database>,
  config: Config,
  facts: readonly Merged<"release">[],
): Promise<Placed[]> {
  return savePlaced(trx, "releases", facts, (fact) => releaseRow(config, fact));
}

function releaseRow(
  config: Config,
  { id, key, fact: { members } }: Standing<"release">,
): FactRow<"releases"> {
  const place = placeRelease(config, members);
  return {
    id,
    source: sourceOf(key),
    key,
    raw_service: members.service ?? null,
    raw_environment: members.environment ?? null,
    service: place.service,
    environment: place.environment,
    tier: place.tier,
    team: place.team,
    repository: place.repository,
    revision: members.revision ?? null,
    subject: members.subject,
    flag: members.flag ?? null,
    percent: members.percent ?? null,
    enabled: members.enabled ?? null,
    version: members.version ?? null,
    title: members.title ?? null,
    author: members.author ?? null,
    at: members.at,
    url: members.url ?? null,
  };
}
