import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table commits (
      id text primary key,
      repository text not null,
      revision text not null,
      parents text[],
      paths text[],
      authored_at timestamptz,
      committed_at timestamptz,
      author text,
      message text,
      url text
    )`.execute(db);
  await sql`create unique index commits_by_revision on commits (repository, revision)`.execute(db);
  await sql`create index commits_by_sha on commits (revision text_pattern_ops)`.execute(db);
  await sql`
    create table pushes (
      id text primary key,
      repository text not null,
      branch text not null,
      before text,
      after text not null,
      forced boolean not null,
      created boolean not null,
      complete boolean not null,
      commits text[] not null,
      pushed_at timestamptz not null
    )`.execute(db);
  await sql`create index pushes_by_after on pushes (repository, after)`.execute(db);
  await sql`
    create table pull_requests (
      id text primary key,
      repository text not null,
      number integer not null,
      title text,
      branch text,
      base_branch text,
      author text,
      head_revision text,
      base_revision text,
      merge_revision text,
      first_commit_at timestamptz,
      opened_at timestamptz,
      first_review_at timestamptz,
      merged_at timestamptz,
      closed_at timestamptz,
      labels text[],
      additions integer,
      deletions integer,
      url text
    )`.execute(db);
  await sql`create index pull_requests_by_merge on pull_requests (repository, merge_revision) where merge_revision is not null`.execute(
    db,
  );
  await sql`create index pull_requests_by_head on pull_requests (repository, head_revision)`.execute(
    db,
  );
  await sql`
    create table revision_edges (
      repository text not null,
      revision text not null,
      parent text not null,
      origin text not null check (origin in ('commit', 'push')),
      said_by text not null,
      primary key (repository, revision, parent, said_by)
    )`.execute(db);
  await sql`create index revision_edges_by_parent on revision_edges (repository, parent)`.execute(
    db,
  );
  await sql`create index revision_edges_said_by on revision_edges (said_by)`.execute(db);
  await sql`
    create table builds (
      id text primary key,
      source text not null,
      key text not null,
      repository text not null,
      branch text,
      revision text,
      name text not null,
      attempt integer,
      status text not null,
      queued_at timestamptz,
      started_at timestamptz,
      finished_at timestamptz,
      artifact text,
      url text,
      fallback boolean not null default false,
      stages jsonb not null default '[]',
      at timestamptz generated always as (coalesce(finished_at, started_at, queued_at, 'epoch')) stored
    )`.execute(db);
  await sql`create index builds_by_time on builds (at desc, id desc)`.execute(db);
  await sql`create index builds_by_revision on builds (repository, revision)`.execute(db);
  await sql`
    create table test_runs (
      id text primary key,
      source text not null,
      key text not null,
      repository text not null,
      revision text,
      branch text,
      name text,
      status text not null,
      started_at timestamptz,
      finished_at timestamptz,
      tests integer,
      failed integer,
      skipped integer,
      flaky integer,
      coverage double precision
    )`.execute(db);
  await sql`create index test_runs_by_time on test_runs (coalesce(finished_at, started_at, 'epoch') desc, id desc)`.execute(
    db,
  );
}
