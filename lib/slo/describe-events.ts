import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { SloEventAnswer } from "@/lib/http/slo-answers";
import type { Indicator } from "@/lib/slo/indicators";
import type { SloEvent } from "@/lib/slo/measure";
import { reasonFor } from "@/lib/slo/words";

/** An event as it was found, with its id and whether it is still under way. */
export interface FoundEvent extends SloEvent {
  id: string;
  open: boolean;
}

interface Judged extends FoundEvent {
  good: boolean;
  thresholdSeconds: number;
}

/** Events as their list tells them: what each is called, why it is good or not, and where to read on. */
export async function describeEvents(
  db: Kysely<Database>,
  indicator: Indicator,
  events: readonly Judged[],
): Promise<SloEventAnswer[]> {
  const named = await namesOf(db, indicator, events);
  return events.map((event) => ({
    kind: kinds[indicator],
    id: event.id,
    name: named.get(event.id)?.name ?? event.id,
    at: event.at.toISOString(),
    seconds: event.seconds,
    thresholdSeconds: event.thresholdSeconds,
    good: event.good,
    reason: reasonFor({ ...event, indicator }),
    href: named.get(event.id)?.href ?? null,
  }));
}

const kinds: Record<Indicator, SloEventAnswer["kind"]> = {
  build_duration: "build",
  deployment_duration: "deployment",
  rollback_duration: "deployment",
  rollback_decision: "failure",
  commit_to_production: "change",
  main_broken: "main_break",
  recovery: "failure",
};

type Names = Map<string, { name: string; href: string | null }>;

function namesOf(
  db: Kysely<Database>,
  indicator: Indicator,
  events: readonly Judged[],
): Promise<Names> {
  const ids = events.map(({ id }) => id);
  switch (kinds[indicator]) {
    case "build":
      return namesOfBuilds(db, ids);
    case "main_break":
      return namesOfBreaks(db, ids);
    case "change":
      return namesOfChanges(db, ids);
    case "deployment":
    case "failure":
      return namesOfDeployments(db, ids);
  }
}

async function namesOfBuilds(db: Kysely<Database>, ids: readonly string[]): Promise<Names> {
  const rows = await db
    .selectFrom("builds")
    .select(["id", "name", "attempt", "repository", "branch", "revision", "url"])
    .where(sql<boolean>`id = any(${[...ids]}::text[])`)
    .execute();
  return new Map(
    rows.map(({ id, name, attempt, repository, branch, revision, url }) => [
      id,
      {
        name: [
          `${name}${attempt && attempt > 1 ? `, attempt ${attempt}` : ""}`,
          repository,
          branch ?? short(revision),
        ]
          .filter(Boolean)
          .join(" · "),
        href: webAddress(url) ?? changeHref(revision),
      },
    ]),
  );
}

async function namesOfBreaks(db: Kysely<Database>, ids: readonly string[]): Promise<Names> {
  const { rows } = await sql<{
    id: string;
    repository: string;
    branch: string;
    revision: string | null;
  }>`
    select id, repository, branch, revision from main_breaks where id = any(${[...ids]}::text[])`.execute(
    db,
  );
  return new Map(
    rows.map(({ id, repository, branch, revision }) => [
      id,
      {
        name: [repository, branch, revision && `broken by ${short(revision)}`]
          .filter(Boolean)
          .join(" · "),
        href: changeHref(revision),
      },
    ]),
  );
}

/** Their ids are the deployment's and the revision, with a dot between. */
async function namesOfChanges(db: Kysely<Database>, ids: readonly string[]): Promise<Names> {
  const { rows } = await sql<{
    id: string;
    revision: string;
    service: string;
    message: string | null;
  }>`
    select wanted.id, c.revision, c.service, commit.message
    from unnest(${[...ids]}::text[]) as wanted (id)
    cross join lateral (
      -- The deployment's first, by its key: the index of revisions knows nothing of deployments.
      select * from (
        select repository, revision, service from deployment_changes
        where deployment_id = split_part(wanted.id, '.', 1) offset 0
      ) as shipped
      where revision = split_part(wanted.id, '.', 2) limit 1
    ) as c
    left join commits commit on commit.repository = c.repository and commit.revision = c.revision`.execute(
    db,
  );
  return new Map(
    rows.map(({ id, revision, service, message }) => [
      id,
      {
        name: `${message?.split("\n", 1)[0]?.trim() || short(revision)} · ${service}`,
        href: changeHref(revision),
      },
    ]),
  );
}

async function namesOfDeployments(db: Kysely<Database>, ids: readonly string[]): Promise<Names> {
  const rows = await db
    .selectFrom("deployments")
    .select(["id", "service", "environment", "version", "revision"])
    .where(sql<boolean>`id = any(${[...ids]}::text[])`)
    .execute();
  return new Map(
    rows.map(({ id, service, environment, version, revision }) => [
      id,
      {
        name: [service, environment, version ?? short(revision)].filter(Boolean).join(" · "),
        href: `/deployments/${encodeURIComponent(id)}`,
      },
    ]),
  );
}

function short(revision: string | null): string | null {
  return revision?.slice(0, 7) ?? null;
}

function changeHref(revision: string | null): string | null {
  return revision === null ? null : `/changes/${encodeURIComponent(revision)}`;
}

/** Senders write what they like; only the web is a link. */
function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}
