import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { fixedClock } from "@/lib/clock";
import { type Config, defaultConfig } from "@/lib/config";
import type { Context } from "@/lib/context";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";
import { deriveDirtyStream, dirtyStreams } from "@/lib/projection/derive-stream";
import { createSetAside, type SetAside } from "@/lib/projection/mapped/set-aside";
import { takeTurn } from "@/lib/projection/mapped/take-turn";
import { waitingSources } from "@/lib/projection/mapped/waiting-sources";
import { projectPending } from "@/lib/projection/project-deliveries";

/** What a sender posts: built small, in the senders' own shapes. */
export interface Posted {
  source: string;
  provider: string;
  headers: Record<string, string>;
  body: string;
  receivedAt: Date;
}

/** 2 November 2026, "10:30", or days later: "3 10:30". */
export function clock(text: string): string {
  const [, days = "0", time = ""] = /^(?:(\d+) )?(\d\d:\d\d)$/.exec(text) ?? [];
  return new Date(
    Date.parse(`2026-11-02T${time}:00.000Z`) + Number(days) * 86_400_000,
  ).toISOString();
}

/** A revision of 40 digits for a short name. */
export function sha(name: string): string {
  return createHash("sha1").update(name).digest("hex");
}

export function github(event: string, at: string, body: object): Posted {
  const headers = { "content-type": "application/json", "x-github-event": event };
  return posted("github", "github", at, body, headers);
}

export function native(at: string, body: object): Posted {
  return posted("pipeline", "native", at, body);
}

export function word(at: string, body: object): Posted {
  return posted("pushline", "pushline", at, { ...body, actor: "ana", at: clock(at) });
}

export function alert(name: string, service: string, started: string, ended?: string): Posted {
  const body = {
    version: "4",
    status: ended ? "resolved" : "firing",
    alerts: [
      {
        status: ended ? "resolved" : "firing",
        fingerprint: sha(`${name} ${service}`).slice(0, 16),
        labels: { alertname: name, service, env: "production", severity: "critical" },
        startsAt: clock(started),
        ...(ended && { endsAt: clock(ended) }),
      },
    ],
  };
  return posted("alerts", "alertmanager", ended ?? started, body);
}

export interface PushedCommit {
  name: string;
  at: string;
  message?: string;
  paths?: string[];
}

export function push(
  repository: string,
  at: string,
  before: string | null,
  commits: PushedCommit[],
  more: object = {},
): Posted {
  return github("push", at, {
    ref: "refs/heads/main",
    before: before ? sha(before) : "0".repeat(40),
    after: sha(commits.at(-1)?.name ?? ""),
    created: before === null,
    forced: false,
    repository: { full_name: repository, pushed_at: Date.parse(clock(at)) / 1000 },
    commits: commits.map((commit) => ({
      id: sha(commit.name),
      timestamp: clock(commit.at),
      message: commit.message ?? commit.name,
      author: { name: "Ana" },
      added: commit.paths ?? ["src/a.ts"],
      removed: [],
      modified: [],
    })),
    ...more,
  });
}

/** Requested, running and finished: three deliveries about one deployment. */
export function deploy(
  repository: string,
  id: number,
  name: string,
  [created, started, finished]: [string, string, string],
  more: { environment?: string; state?: string; service?: string } = {},
): Posted[] {
  const { environment = "production", state = "success", service } = more;
  const deployment = {
    id,
    sha: sha(name),
    ref: "main",
    task: "deploy",
    environment,
    payload: service ? { service } : {},
    created_at: clock(created),
    creator: { login: "ana" },
  };
  const status = (number: number, at: string, named: string) =>
    github("deployment_status", at, {
      deployment,
      deployment_status: { id: id * 10 + number, state: named, environment, created_at: clock(at) },
      repository: { full_name: repository },
    });
  return [
    github("deployment", created, { deployment, repository: { full_name: repository } }),
    status(1, started, "in_progress"),
    status(2, finished, state),
  ];
}

export function posted(
  source: string,
  provider: string,
  at: string,
  body: object | string,
  headers: Record<string, string> = { "content-type": "application/json" },
): Posted {
  return {
    source,
    provider,
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
    receivedAt: new Date(Date.parse(clock(at)) + 2_000),
  };
}

let sent = 0;

/** Stores deliveries as the door does; every call is a new delivery, equal body or not. */
export async function deliver(
  db: Kysely<Database>,
  deliveries: readonly Posted[],
): Promise<number[]> {
  const stored = await insertDeliveries(
    db,
    deliveries.map(({ body, ...delivery }) => ({
      ...delivery,
      event: "test",
      dedupeKey: createHash("sha256").update(`${sent++}`).digest(),
      body: Buffer.from(body),
    })),
  );
  return stored.map(({ id }) => Number(id));
}

export type ProjectionContext = Pick<Context, "db" | "config" | "clock">;

export function contextOver(db: Kysely<Database>, config: Partial<Config> = {}): ProjectionContext {
  return {
    db,
    config: { ...defaultConfig, ...config },
    clock: fixedClock("2026-11-21T12:00:00Z"),
  };
}

export async function projectAll(context: ProjectionContext, atOnce = 400): Promise<void> {
  while ((await projectPending(context, atOnce)).seen > 0);
  const aside = createSetAside();
  while ((await projectMapped(context, aside)) > 0);
}

/** A turn for each source whose mapped deliveries wait; what is read again is left alone. */
async function projectMapped(context: ProjectionContext, aside: SetAside): Promise<number> {
  let settled = 0;
  for (const { source } of await waitingSources(context.db))
    settled += await takeTurn(context, { source, replay: null }, aside);
  return settled;
}

export async function deriveAll(context: ProjectionContext): Promise<void> {
  for (;;) {
    const dirty = await dirtyStreams(context, 100);
    if (dirty.length === 0) return;
    for (const stream of dirty) await deriveDirtyStream(context, stream);
  }
}

export async function settleAll(context: ProjectionContext): Promise<void> {
  await projectAll(context);
  await deriveAll(context);
}

/** An empty instance again, assessments apart: they are inputs that a person or model made. */
export async function forgetEverything(db: Kysely<Database>): Promise<void> {
  await sql`
    truncate deliveries, statements, commits, pushes, pull_requests, revision_edges,
      revision_heights, builds, test_runs, deployment_reports, deployments,
      deployment_changes, deployment_traces, releases, alerts, declared_incidents, incidents, awaited_judgements, verdicts, corrections, separations,
      streams, metric_places, metric_cells, live_outbox, source_hours, source_outcomes`.execute(db);
}
