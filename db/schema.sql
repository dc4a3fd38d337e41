-- Dumped from the migrations by scripts/dump-schema.ts; never edited by hand.

CREATE OR REPLACE FUNCTION public.await_judgements()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      if tg_op = 'INSERT' then
        insert into awaited_judgements (incident_id, occasion, due_at)
        select new.id, occasion, due_at from judgements_awaited(new)
        on conflict do nothing;
        return null;
      end if;
      if new.resolved_at is null then
        delete from awaited_judgements where incident_id = new.id and occasion = 'resolved';
      elsif old.resolved_at is null then
        insert into awaited_judgements (incident_id, occasion, due_at)
        values (new.id, 'resolved', least(new.resolved_at, now()))
        on conflict (incident_id, occasion) do update
          set due_at = excluded.due_at, asked = awaited_judgements.asked + 1, tries = 0;
      end if;
      -- One more alert of a sender that is heard already is no other incident; before the first
      -- judgement there is none by the old members.
      if (not old.members <@ new.members
          or not jsonb_path_query_array(new.sources, '$[*].source')
            <@ jsonb_path_query_array(old.sources, '$[*].source'))
        and exists (select from assessments where incident_id = any(old.members || new.members))
      then
        insert into awaited_judgements (incident_id, occasion, due_at)
        values (new.id, 'regrouped', least(new.first_sign_at, now()))
        on conflict (incident_id, occasion) do update
          set due_at = excluded.due_at, asked = awaited_judgements.asked + 1, tries = 0;
      end if;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.judgements_awaited(incident incidents)
 RETURNS TABLE(occasion text, due_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
      select awaited.occasion, awaited.due_at
      from (
        select min(assessed_at) filter (where a.occasion = 'opened') as first_at,
          coalesce(array_agg(a.occasion), '{}') as made,
          coalesce(bool_or(a.incident_id = incident.id), false) as is_own
        from assessments a where a.incident_id = any(incident.members || incident.id)
      ) as judged
      cross join lateral (values
        ('opened', least(incident.first_sign_at, now()), first_at is null),
        ('after_5_minutes', first_at + interval '5 minutes', first_at is not null),
        ('after_30_minutes', first_at + interval '30 minutes', first_at is not null),
        ('resolved', least(incident.resolved_at, now()), incident.resolved_at is not null),
        ('regrouped', least(incident.first_sign_at, now()), first_at is not null and not is_own)
      ) as awaited (occasion, due_at, is_called_for)
      where is_called_for and not awaited.occasion = any(made)
    $function$;

CREATE OR REPLACE FUNCTION public.log_bracket(seconds double precision)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (floor((ln(GREATEST(seconds, (0.001)::double precision)) * (404)::double precision)))::integer;

CREATE OR REPLACE FUNCTION public.picked_from(message text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
      select lower(substring(message from
        '(?n)^[(]cherry picked from commit ([0-9a-fA-F]{7,64})[)][[:space:]]*$'))
    $function$;

CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      raise exception 'the audit is append-only' using errcode = 'insufficient_privilege';
    end $function$;

CREATE OR REPLACE FUNCTION public.search_words(text text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
      select array_remove(
        regexp_split_to_array(
          regexp_replace(lower(left(text, 20000)), '([[:alnum:]]{200})', '\1 ', 'g'),
          '[^[:alnum:]]+'),
        '')
    $function$;

create table alerts (
  id text not null,
  source text not null,
  key text not null,
  raw_service text,
  raw_environment text,
  service text,
  environment text,
  tier text,
  team text,
  name text not null,
  severity text,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  labels jsonb not null default '{}'::jsonb,
  summary text,
  url text,
  declared_incident text,
  incident_id text,
  member_id text not null,
  constraint alerts_pkey PRIMARY KEY (id)
);
CREATE INDEX alerts_by_declared_incident ON public.alerts USING btree ((((source || '/'::text) || declared_incident))) WHERE (declared_incident IS NOT NULL);
CREATE INDEX alerts_by_incident ON public.alerts USING btree (incident_id);
CREATE INDEX alerts_by_member ON public.alerts USING btree (member_id);
CREATE INDEX alerts_by_stream ON public.alerts USING btree (service, environment, started_at);
CREATE INDEX alerts_by_time ON public.alerts USING btree (started_at DESC, id DESC);

create table assessments (
  incident_id text not null,
  occasion text not null,
  assessed_at timestamp with time zone not null,
  model text not null,
  suspects jsonb not null,
  constraint assessments_pkey PRIMARY KEY (incident_id, occasion)
);
CREATE INDEX assessments_by_suspect ON public.assessments USING gin (jsonb_path_query_array(suspects, '$[*]."id"'::jsonpath));

create table audit (
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor text not null,
  actor_id text,
  action text not null,
  subject_kind text,
  subject text,
  address text,
  details jsonb not null,
  words tsvector not null generated always as (array_to_tsvector(search_words(((((((((actor || ' '::text) || action) || ' '::text) || COALESCE(subject, ''::text)) || ' '::text) || COALESCE(address, ''::text)) || ' '::text) || (details)::text)))) stored,
  constraint audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_by_action ON public.audit USING btree (action, at DESC, id DESC);
CREATE INDEX audit_by_actor ON public.audit USING btree (actor, at DESC, id DESC);
CREATE INDEX audit_by_actor_id ON public.audit USING btree (actor_id, at DESC, id DESC);
CREATE INDEX audit_by_subject ON public.audit USING btree (subject, at DESC, id DESC);
CREATE INDEX audit_by_time ON public.audit USING btree (at DESC, id DESC);
CREATE INDEX audit_by_words ON public.audit USING gin (words);
CREATE TRIGGER audit_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

create table awaited_judgements (
  incident_id text not null,
  occasion text not null,
  due_at timestamp with time zone not null,
  asked integer not null default 1,
  tries integer not null default 0,
  constraint awaited_judgements_pkey PRIMARY KEY (incident_id, occasion),
  constraint awaited_judgements_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id) ON DELETE CASCADE
);
CREATE INDEX awaited_judgements_by_time ON public.awaited_judgements USING btree (due_at DESC, incident_id);

create table backfills (
  id text not null,
  provider text not null,
  source text not null,
  subject text not null,
  api text not null,
  since timestamp with time zone,
  sealed_token bytea,
  state text not null,
  progress json not null,
  attempts integer not null,
  next_at timestamp with time zone,
  error text,
  lease_holder text,
  lease_until timestamp with time zone,
  created_by text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  kind text not null,
  constraint backfills_pkey PRIMARY KEY (id),
  constraint backfills_kind_check CHECK ((kind = ANY (ARRAY['history'::text, 'missed'::text]))),
  constraint backfills_state_check CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'stopped'::text, 'done'::text, 'failed'::text])))
);
CREATE INDEX backfills_by_time ON public.backfills USING btree (created_at DESC, id DESC);
CREATE UNIQUE INDEX backfills_under_way ON public.backfills USING btree (source, kind, lower(subject)) WHERE (state = ANY (ARRAY['running'::text, 'paused'::text, 'failed'::text]));

create table builds (
  id text not null,
  source text not null,
  key text not null,
  repository text not null,
  branch text,
  revision text,
  name text not null,
  attempt integer,
  status text not null,
  queued_at timestamp with time zone,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  artifact text,
  url text,
  fallback boolean not null default false,
  stages jsonb not null default '[]'::jsonb,
  at timestamp with time zone generated always as (COALESCE(finished_at, started_at, queued_at, '1970-01-01 00:00:00+00'::timestamp with time zone)) stored,
  default_branch boolean,
  constraint builds_pkey PRIMARY KEY (id)
);
CREATE INDEX builds_by_repository ON public.builds USING btree (lower(repository), at);
CREATE INDEX builds_by_revision ON public.builds USING btree (repository, revision);
CREATE INDEX builds_by_time ON public.builds USING btree (at DESC, id DESC);
CREATE INDEX builds_measured ON public.builds USING btree (at DESC, id DESC) INCLUDE (repository, started_at, finished_at) WHERE ((status = ANY (ARRAY['succeeded'::text, 'failed'::text])) AND (started_at IS NOT NULL) AND (finished_at IS NOT NULL));
CREATE INDEX builds_measured_of_repository ON public.builds USING btree (lower(repository), at DESC, id DESC) WHERE ((status = ANY (ARRAY['succeeded'::text, 'failed'::text])) AND (started_at IS NOT NULL) AND (finished_at IS NOT NULL));
CREATE INDEX builds_of_main ON public.builds USING btree (repository, branch, at, id) WHERE ((status = ANY (ARRAY['succeeded'::text, 'failed'::text])) AND (finished_at IS NOT NULL) AND COALESCE(default_branch, (branch = ANY (ARRAY['main'::text, 'master'::text]))));

create table commits (
  id text not null,
  repository text not null,
  revision text not null,
  parents text[],
  paths text[],
  authored_at timestamp with time zone,
  committed_at timestamp with time zone,
  author text,
  message text,
  url text,
  constraint commits_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX commits_by_revision ON public.commits USING btree (repository, revision);
CREATE INDEX commits_by_sha ON public.commits USING btree (revision text_pattern_ops);
CREATE INDEX commits_picked ON public.commits USING btree (repository, picked_from(message) COLLATE "C") WHERE (message ~~ '%(cherry picked from commit %'::text);

create table configured_engines (
  name text not null,
  url text not null,
  sealed_credential bytea,
  created_at timestamp with time zone not null,
  constraint configured_engines_pkey PRIMARY KEY (name)
);

create table configured_goals (
  id text not null,
  team text not null,
  metric text not null,
  target double precision not null,
  due_on date not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  constraint configured_goals_pkey PRIMARY KEY (id),
  constraint configured_goals_team_metric_key UNIQUE (team, metric)
);

create table configured_objectives (
  id text not null,
  indicator text not null,
  scope text not null,
  scope_name text not null,
  threshold_seconds double precision,
  target double precision not null,
  window_days integer not null,
  created_at timestamp with time zone not null,
  constraint configured_objectives_pkey PRIMARY KEY (id),
  constraint configured_objectives_scope_check CHECK ((scope = ANY (ARRAY['all'::text, 'team'::text, 'service'::text, 'repository'::text])))
);

create table configured_services (
  name text not null,
  repository text,
  team text,
  depends_on text[] not null,
  paths text[] not null,
  deployments text[] not null,
  created_at timestamp with time zone not null,
  constraint configured_services_pkey PRIMARY KEY (name)
);

create table configured_sources (
  name text not null,
  provider text not null,
  auth text not null,
  username text,
  header text,
  sealed_secrets bytea[] not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  rotated_at timestamp with time zone,
  removed_at timestamp with time zone,
  constraint configured_sources_pkey PRIMARY KEY (name)
);

create table configured_teams (
  name text not null,
  timezone text not null,
  created_at timestamp with time zone not null,
  constraint configured_teams_pkey PRIMARY KEY (name)
);

create table corrections (
  deployment_id text not null,
  kind text,
  failed boolean,
  note text not null,
  actor text not null,
  at timestamp with time zone not null,
  constraint corrections_pkey PRIMARY KEY (deployment_id)
);

create table declared_incidents (
  id text not null,
  source text not null,
  key text not null,
  raw_service text,
  raw_environment text,
  service text,
  environment text,
  tier text,
  team text,
  repository text,
  title text not null,
  severity text,
  opened_at timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  resolved_at timestamp with time zone,
  cause text,
  url text,
  constraint declared_incidents_pkey PRIMARY KEY (id)
);
CREATE INDEX declared_incidents_by_cause ON public.declared_incidents USING btree (cause) WHERE (cause IS NOT NULL);
CREATE UNIQUE INDEX declared_incidents_by_key ON public.declared_incidents USING btree (key);
CREATE INDEX declared_incidents_by_stream ON public.declared_incidents USING btree (service, environment, opened_at);

create table deliveries (
  id bigint not null generated always as identity,
  source text not null,
  provider text not null,
  event text not null,
  dedupe_key bytea not null,
  headers jsonb not null,
  body bytea not null,
  actor text,
  received_at timestamp with time zone not null,
  outcome text not null default 'pending'::text,
  error_code text,
  error text,
  facts jsonb not null default '[]'::jsonb,
  projected_at timestamp with time zone,
  constraint deliveries_pkey PRIMARY KEY (id),
  constraint deliveries_outcome_check CHECK ((outcome = ANY (ARRAY['pending'::text, 'accepted'::text, 'ignored'::text, 'failed'::text])))
);
CREATE INDEX deliveries_by_outcome ON public.deliveries USING btree (outcome, id DESC);
CREATE INDEX deliveries_by_source ON public.deliveries USING btree (source, id DESC);
CREATE UNIQUE INDEX deliveries_dedupe ON public.deliveries USING btree (dedupe_key);
CREATE INDEX deliveries_pending ON public.deliveries USING btree (id) WHERE ((outcome = 'pending'::text) AND (provider <> 'mapping'::text));
CREATE INDEX deliveries_pending_mapped ON public.deliveries USING btree (source, id) WHERE ((outcome = 'pending'::text) AND (provider = 'mapping'::text));
CREATE INDEX deliveries_projected ON public.deliveries USING btree (projected_at) WHERE (projected_at IS NOT NULL);

create table deployment_changes (
  deployment_id text not null,
  repository text not null,
  revision text not null,
  service text not null,
  environment text not null,
  tier text not null,
  team text,
  finished_at timestamp with time zone not null,
  lead_seconds double precision,
  anomaly boolean not null default false,
  coding_seconds double precision,
  pickup_seconds double precision,
  review_seconds double precision,
  merge_to_deploy_seconds double precision,
  deploy_seconds double precision,
  paths_unknown boolean not null default false,
  constraint deployment_changes_pkey PRIMARY KEY (deployment_id, repository, revision)
);
CREATE INDEX deployment_changes_by_bracket ON public.deployment_changes USING btree (log_bracket(lead_seconds), finished_at) INCLUDE (lead_seconds, tier, environment, service, team) WHERE (lead_seconds IS NOT NULL);
CREATE INDEX deployment_changes_by_revision ON public.deployment_changes USING btree (repository, revision);
CREATE INDEX deployment_changes_by_service ON public.deployment_changes USING btree (service, finished_at) INCLUDE (lead_seconds, tier);
CREATE INDEX deployment_changes_by_time ON public.deployment_changes USING btree (tier, finished_at) INCLUDE (lead_seconds, anomaly, environment, service, team);

create table deployment_reports (
  id text not null,
  deployment_id text not null,
  source text not null,
  key text not null,
  status text not null,
  queued_at timestamp with time zone,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  url text,
  raw_service text,
  raw_environment text not null,
  service text not null,
  environment text not null,
  tier text not null,
  rollout_group text,
  team text,
  repository text,
  branch text,
  revision text,
  version text,
  artifact text,
  declared_kind text,
  hotfix boolean not null default false,
  declared_failed boolean,
  lane text not null default 'standard'::text,
  strategy text,
  steps jsonb not null default '[]'::jsonb,
  approvals jsonb not null default '[]'::jsonb,
  author text,
  description text,
  time_from_receipt boolean not null default false,
  at timestamp with time zone not null,
  begins_at timestamp with time zone,
  ends_at timestamp with time zone,
  constraint deployment_reports_pkey PRIMARY KEY (id)
);
CREATE INDEX deployment_reports_by_deployment ON public.deployment_reports USING btree (deployment_id);
CREATE INDEX deployment_reports_by_span ON public.deployment_reports USING gist (tstzrange(begins_at, ends_at, '[]'::text)) WHERE (begins_at IS NOT NULL);

create table deployment_traces (
  deployment_id text not null,
  repository text not null,
  revision text not null,
  role text not null,
  original text,
  constraint deployment_traces_pkey PRIMARY KEY (deployment_id, repository, revision)
);
CREATE INDEX deployment_traces_by_original ON public.deployment_traces USING btree (repository, original) WHERE (original IS NOT NULL);
CREATE INDEX deployment_traces_by_revision ON public.deployment_traces USING btree (repository, revision);

create table deployments (
  id text not null,
  source text not null,
  key text not null,
  status text not null,
  queued_at timestamp with time zone,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  url text,
  raw_service text,
  raw_environment text not null,
  service text not null,
  environment text not null,
  tier text not null,
  rollout_group text,
  team text,
  repository text,
  branch text,
  revision text,
  version text,
  artifact text,
  declared_kind text,
  hotfix boolean not null default false,
  declared_failed boolean,
  lane text not null default 'standard'::text,
  strategy text,
  steps jsonb not null default '[]'::jsonb,
  approvals jsonb not null default '[]'::jsonb,
  author text,
  description text,
  time_from_receipt boolean not null default false,
  at timestamp with time zone not null,
  completed boolean not null default false,
  kind text,
  derived_kind text,
  previous text,
  changes_known boolean,
  change_count integer,
  failed boolean not null default false,
  failed_attempt boolean not null default false,
  failed_remedy boolean not null default false,
  withdrawn boolean not null default false,
  rework boolean not null default false,
  failure_reason text,
  failure_incident text,
  first_sign_at timestamp with time zone,
  detect_seconds double precision,
  decide_seconds double precision,
  remedy_seconds double precision,
  confirm_seconds double precision,
  restored_at timestamp with time zone,
  recovery_seconds double precision,
  held_by text,
  remedies jsonb not null default '[]'::jsonb,
  reasons jsonb not null default '[]'::jsonb,
  counted boolean not null default true,
  layer text,
  layer_below text,
  open_until timestamp with time zone,
  members text[] not null default '{}'::text[],
  constraint deployments_pkey PRIMARY KEY (id)
);
CREATE INDEX deployments_awaiting ON public.deployments USING btree (service, environment) WHERE (failed AND (restored_at IS NULL));
CREATE INDEX deployments_by_author ON public.deployments USING btree (author, at DESC, id DESC) WHERE (author IS NOT NULL);
CREATE INDEX deployments_by_recovery_bracket ON public.deployments USING btree (log_bracket(recovery_seconds), at) INCLUDE (recovery_seconds, tier, environment, service, team) WHERE (failed AND counted AND (tier = 'production'::text) AND (kind <> ALL (ARRAY['rollback'::text, 'redeploy'::text])) AND (restored_at IS NOT NULL) AND (recovery_seconds IS NOT NULL));
CREATE INDEX deployments_by_remedy ON public.deployments USING gin (remedies jsonb_path_ops) WHERE failed;
CREATE INDEX deployments_by_revision ON public.deployments USING btree (repository, revision);
CREATE INDEX deployments_by_service_time ON public.deployments USING btree (service, at DESC, id DESC);
CREATE INDEX deployments_by_stream ON public.deployments USING btree (service, environment, at, id);
CREATE INDEX deployments_by_team_time ON public.deployments USING btree (team, at DESC, id DESC);
CREATE INDEX deployments_by_tier_time ON public.deployments USING btree (tier, at DESC, id DESC);
CREATE INDEX deployments_by_time ON public.deployments USING btree (at DESC, id DESC);
CREATE INDEX deployments_failed ON public.deployments USING btree (at DESC, id DESC) WHERE failed;
CREATE INDEX deployments_failed_by_service ON public.deployments USING btree (service, at DESC, id DESC) WHERE failed;
CREATE INDEX deployments_failed_by_team ON public.deployments USING btree (team, at DESC, id DESC) WHERE failed;
CREATE INDEX deployments_of_artifact ON public.deployments USING btree (service, artifact) WHERE (artifact IS NOT NULL);
CREATE INDEX deployments_of_revision ON public.deployments USING btree (service, revision);
CREATE INDEX deployments_of_version ON public.deployments USING btree (service, version) WHERE (version IS NOT NULL);
CREATE INDEX deployments_open_until ON public.deployments USING btree (service, environment, open_until) WHERE (open_until IS NOT NULL);
CREATE INDEX deployments_rework ON public.deployments USING btree (at DESC, id DESC) WHERE rework;
CREATE INDEX deployments_rework_by_service ON public.deployments USING btree (service, at DESC, id DESC) WHERE rework;
CREATE INDEX deployments_rework_by_team ON public.deployments USING btree (team, at DESC, id DESC) WHERE rework;
CREATE INDEX deployments_unfinished ON public.deployments USING btree (at DESC) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));

create table identities (
  issuer text not null,
  subject text not null,
  person_id text not null,
  password_hash text,
  created_at timestamp with time zone not null,
  constraint identities_pkey PRIMARY KEY (issuer, subject),
  constraint identities_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);
CREATE INDEX identities_by_person ON public.identities USING btree (person_id);

create table incidents (
  id text not null,
  title text not null,
  service text,
  environment text,
  tier text,
  team text,
  severity text,
  opened_at timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  resolved_at timestamp with time zone,
  first_sign_at timestamp with time zone not null,
  url text,
  declared_cause text,
  members text[] not null,
  sources jsonb not null default '[]'::jsonb,
  apart text[] not null default '{}'::text[],
  constraint incidents_pkey PRIMARY KEY (id)
);
CREATE INDEX incidents_by_cause ON public.incidents USING btree (declared_cause) WHERE (declared_cause IS NOT NULL);
CREATE INDEX incidents_by_end ON public.incidents USING btree (service, environment, resolved_at);
CREATE INDEX incidents_by_member ON public.incidents USING gin (members);
CREATE INDEX incidents_by_stream ON public.incidents USING btree (service, environment, opened_at);
CREATE INDEX incidents_by_time ON public.incidents USING btree (opened_at DESC, id DESC);
CREATE INDEX incidents_open ON public.incidents USING btree (opened_at DESC) WHERE (resolved_at IS NULL);
CREATE TRIGGER incidents_await_judgements AFTER INSERT OR UPDATE ON public.incidents FOR EACH ROW EXECUTE FUNCTION await_judgements();

create table instance_settings (
  name text not null,
  value text not null,
  constraint instance_settings_pkey PRIMARY KEY (name)
);

create table invitations (
  id text not null,
  token_hash bytea not null,
  note text not null,
  role text not null,
  teams jsonb not null,
  invited_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  accepted_by text,
  withdrawn_at timestamp with time zone,
  constraint invitations_pkey PRIMARY KEY (id),
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'editor'::text, 'admin'::text]))),
  constraint invitations_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX invitations_by_time ON public.invitations USING btree (created_at DESC, id DESC);

create table live_outbox (
  id bigint not null generated always as identity,
  topic text not null,
  payload jsonb not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint live_outbox_pkey PRIMARY KEY (id)
);

create table live_positions (
  "position" bigint not null,
  topic text not null,
  payload jsonb not null,
  at timestamp with time zone not null,
  constraint live_positions_pkey PRIMARY KEY ("position")
);
CREATE INDEX live_positions_by_time ON public.live_positions USING btree (at);

create table main_branches (
  repository text not null,
  branch text not null,
  newest_at timestamp with time zone,
  dirty_from timestamp with time zone,
  marked bigint not null default 0,
  constraint main_branches_pkey PRIMARY KEY (repository, branch)
);
CREATE INDEX main_branches_dirty ON public.main_branches USING btree (dirty_from) WHERE (dirty_from IS NOT NULL);

create table main_breaks (
  id text not null,
  repository text not null,
  branch text not null,
  began_at timestamp with time zone not null,
  revision text,
  green_revision text,
  mended_at timestamp with time zone,
  mended_build_id text,
  mended_revision text,
  constraint main_breaks_pkey PRIMARY KEY (id)
);
CREATE INDEX main_breaks_by_branch ON public.main_breaks USING btree (repository, branch, began_at);
CREATE INDEX main_breaks_by_time ON public.main_breaks USING btree (began_at DESC, id DESC);

create table metric_cells (
  place_id integer not null,
  part text not null,
  period text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  dirty boolean not null,
  claim uuid,
  figures text,
  histograms text,
  constraint metric_cells_pkey PRIMARY KEY (place_id, part, period, starts_at),
  constraint metric_cells_part_check CHECK ((part = ANY (ARRAY['tally'::text, 'stages'::text])))
);
CREATE INDEX metric_cells_dirty ON public.metric_cells USING btree (place_id) WHERE dirty;

create table metric_places (
  id integer not null generated always as identity,
  scope text not null,
  scope_name text not null,
  environment text not null,
  timezone text not null,
  constraint metric_places_pkey PRIMARY KEY (id),
  constraint metric_places_scope_check CHECK ((scope = ANY (ARRAY['all'::text, 'team'::text, 'service'::text]))),
  constraint metric_places_scope_scope_name_environment_timezone_key UNIQUE (scope, scope_name, environment, timezone)
);

create table password_links (
  token_hash bytea not null,
  person_id text not null,
  made_by text not null,
  expires_at timestamp with time zone not null,
  constraint password_links_pkey PRIMARY KEY (token_hash),
  constraint password_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint password_links_person_id_key UNIQUE (person_id)
);

create table people (
  id text not null,
  name text not null,
  email text,
  role text not null,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  last_seen_at timestamp with time zone,
  constraint people_pkey PRIMARY KEY (id),
  constraint people_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'editor'::text, 'admin'::text])))
);

create table pull_requests (
  id text not null,
  repository text not null,
  number integer not null,
  title text,
  branch text,
  base_branch text,
  author text,
  head_revision text,
  base_revision text,
  merge_revision text,
  first_commit_at timestamp with time zone,
  opened_at timestamp with time zone,
  first_review_at timestamp with time zone,
  merged_at timestamp with time zone,
  closed_at timestamp with time zone,
  labels text[],
  additions integer,
  deletions integer,
  url text,
  constraint pull_requests_pkey PRIMARY KEY (id)
);
CREATE INDEX pull_requests_by_branch ON public.pull_requests USING btree (repository, branch, merged_at);
CREATE INDEX pull_requests_by_head ON public.pull_requests USING btree (repository, head_revision);
CREATE INDEX pull_requests_by_merge ON public.pull_requests USING btree (repository, merge_revision) WHERE (merge_revision IS NOT NULL);

create table pushes (
  id text not null,
  repository text not null,
  branch text not null,
  before text,
  after text not null,
  forced boolean not null,
  created boolean not null,
  complete boolean not null,
  commits text[] not null,
  pushed_at timestamp with time zone not null,
  constraint pushes_pkey PRIMARY KEY (id)
);
CREATE INDEX pushes_by_after ON public.pushes USING btree (repository, after);
CREATE INDEX pushes_by_branch ON public.pushes USING btree (repository, branch, pushed_at);
CREATE INDEX pushes_by_commit ON public.pushes USING gin (commits) WITH (fastupdate=off);

create table releases (
  id text not null,
  source text not null,
  key text not null,
  raw_service text,
  raw_environment text,
  service text not null,
  environment text not null,
  tier text not null,
  team text,
  repository text,
  revision text,
  subject text not null,
  flag text,
  percent double precision,
  enabled boolean,
  version text,
  title text,
  author text,
  at timestamp with time zone not null,
  url text,
  constraint releases_pkey PRIMARY KEY (id)
);
CREATE INDEX releases_by_service ON public.releases USING btree (service, at DESC);
CREATE INDEX releases_by_time ON public.releases USING btree (at DESC, id DESC);

create table replays (
  source text not null,
  after bigint not null,
  upto bigint not null,
  done bigint not null,
  total bigint not null,
  changed bigint not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint replays_pkey PRIMARY KEY (source)
);

create table revision_edges (
  repository text not null,
  revision text not null,
  parent text not null,
  origin text not null,
  said_by text not null,
  constraint revision_edges_pkey PRIMARY KEY (repository, revision, parent, said_by),
  constraint revision_edges_origin_check CHECK ((origin = ANY (ARRAY['commit'::text, 'push'::text])))
);
CREATE INDEX revision_edges_by_parent ON public.revision_edges USING btree (repository, parent);
CREATE INDEX revision_edges_said_by ON public.revision_edges USING btree (said_by);

create table revision_heights (
  repository text not null,
  revision text not null,
  height bigint not null,
  constraint revision_heights_pkey PRIMARY KEY (repository, revision)
);

create table separations (
  kind text not null,
  member_id text not null,
  apart boolean not null,
  note text,
  actor text not null,
  at timestamp with time zone not null,
  constraint separations_pkey PRIMARY KEY (kind, member_id),
  constraint separations_kind_check CHECK ((kind = ANY (ARRAY['deployment'::text, 'incident'::text])))
);

create table series (
  id bigint not null generated always as identity,
  source text not null,
  service text not null,
  environment text not null,
  metric text not null,
  unit text not null,
  shape text not null,
  labels jsonb not null,
  identity bytea not null,
  last_at timestamp with time zone,
  constraint series_pkey PRIMARY KEY (id)
);
CREATE INDEX series_by_service ON public.series USING btree (service, environment, metric);
CREATE INDEX series_by_source ON public.series USING btree (source);
CREATE UNIQUE INDEX series_identity ON public.series USING btree (identity);

create table series_chunks (
  series_id bigint not null,
  hour timestamp with time zone not null,
  samples integer not null,
  payload bytea not null,
  constraint series_chunks_pkey PRIMARY KEY (series_id, hour)
);

create table series_head (
  series_id bigint not null,
  at timestamp with time zone not null,
  value double precision not null,
  constraint series_head_pkey PRIMARY KEY (series_id, at)
);

create table sessions (
  id text not null,
  token_hash bytea not null,
  person_id text not null,
  issuer text not null,
  address text,
  user_agent text,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint sessions_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX sessions_by_person ON public.sessions USING btree (person_id);

create table set_up_tokens (
  token_hash bytea not null,
  purpose text not null,
  expires_at timestamp with time zone not null,
  constraint set_up_tokens_pkey PRIMARY KEY (token_hash),
  constraint set_up_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['first_admin'::text, 'recovery'::text])))
);

create table slo_cells (
  measure_id bigint not null,
  day date not null,
  dirty boolean not null default true,
  n integer not null default 0,
  good integer not null default 0,
  hours integer[] not null default '{}'::integer[],
  good_hours integer[] not null default '{}'::integer[],
  claim text,
  constraint slo_cells_pkey PRIMARY KEY (measure_id, day)
);

create table slo_measures (
  id bigint not null generated always as identity,
  key text not null,
  indicator text not null,
  scope text not null,
  names text[] not null,
  constraint slo_measures_pkey PRIMARY KEY (id),
  constraint slo_measures_key_key UNIQUE (key)
);

create table source_hours (
  source text not null,
  hour timestamp with time zone not null,
  accepted integer not null default 0,
  ignored integer not null default 0,
  failed integer not null default 0,
  last_at timestamp with time zone,
  refused integer not null default 0,
  refused_at timestamp with time zone,
  constraint source_hours_pkey PRIMARY KEY (source, hour)
);
CREATE INDEX source_hours_by_age ON public.source_hours USING btree (hour);

create table source_mappings (
  source text not null,
  rules jsonb not null,
  written text,
  saved_at timestamp with time zone not null,
  constraint source_mappings_pkey PRIMARY KEY (source)
);

create table source_outcomes (
  source text not null,
  day date not null,
  event text not null,
  outcome text not null,
  reason text not null,
  deliveries integer not null,
  constraint source_outcomes_pkey PRIMARY KEY (source, day, event, outcome, reason),
  constraint source_outcomes_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'ignored'::text, 'failed'::text])))
);
CREATE INDEX source_outcomes_by_age ON public.source_outcomes USING btree (day);

create table statements (
  delivery_id bigint not null,
  ordinal integer not null,
  noun text not null,
  key text not null,
  fact_id text not null,
  as_of text not null,
  time_from_receipt boolean not null default false,
  members jsonb not null,
  constraint statements_pkey PRIMARY KEY (delivery_id, ordinal),
  constraint statements_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES deliveries(id)
);
CREATE INDEX statements_by_fact ON public.statements USING btree (fact_id);

create table streams (
  service text not null,
  environment text not null,
  dirty_from timestamp with time zone,
  marked bigint not null default 0,
  derived_at timestamp with time zone,
  constraint streams_pkey PRIMARY KEY (service, environment)
);
CREATE INDEX streams_dirty ON public.streams USING btree (dirty_from) WHERE (dirty_from IS NOT NULL);

create table team_members (
  team text not null,
  person_id text not null,
  role text not null,
  constraint team_members_pkey PRIMARY KEY (team, person_id),
  constraint team_members_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint team_members_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'editor'::text, 'admin'::text])))
);
CREATE INDEX team_members_by_person ON public.team_members USING btree (person_id);

create table test_runs (
  id text not null,
  source text not null,
  key text not null,
  repository text not null,
  revision text,
  branch text,
  name text,
  status text not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  tests integer,
  failed integer,
  skipped integer,
  flaky integer,
  coverage double precision,
  cases jsonb not null default '[]'::jsonb,
  at timestamp with time zone generated always as (COALESCE(finished_at, started_at, '1970-01-01 00:00:00+00'::timestamp with time zone)) stored,
  constraint test_runs_pkey PRIMARY KEY (id)
);
CREATE INDEX test_runs_by_repository ON public.test_runs USING btree (lower(repository), at);
CREATE INDEX test_runs_by_revision ON public.test_runs USING btree (repository, revision);
CREATE INDEX test_runs_by_time ON public.test_runs USING btree (at DESC, id DESC);

create table throttles (
  key bytea not null,
  failures integer not null,
  since timestamp with time zone not null,
  blocked_until timestamp with time zone,
  constraint throttles_pkey PRIMARY KEY (key)
);

create table tokens (
  id text not null,
  name text not null,
  prefix text not null,
  token_hash bytea not null,
  previous_hash bytea,
  previous_valid_until timestamp with time zone,
  scopes text[] not null,
  reach_kind text,
  reach_name text,
  created_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint tokens_pkey PRIMARY KEY (id),
  constraint tokens_check CHECK (((reach_kind IS NULL) = (reach_name IS NULL))),
  constraint tokens_name_key UNIQUE (name),
  constraint tokens_previous_hash_key UNIQUE (previous_hash),
  constraint tokens_reach_kind_check CHECK ((reach_kind = ANY (ARRAY['source'::text, 'team'::text, 'service'::text]))),
  constraint tokens_token_hash_key UNIQUE (token_hash)
);

create table used_states (
  state_hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint used_states_pkey PRIMARY KEY (state_hash)
);

create table verdicts (
  incident_id text not null,
  verdict text,
  changes jsonb not null default '[]'::jsonb,
  rejected jsonb not null default '[]'::jsonb,
  note text,
  actor text not null,
  at timestamp with time zone not null,
  constraint verdicts_pkey PRIMARY KEY (incident_id)
);
CREATE INDEX verdicts_by_change ON public.verdicts USING gin (changes jsonb_path_ops);

create table work_progress (
  work text not null,
  phase text not null,
  done bigint not null,
  total bigint not null,
  place jsonb not null,
  started_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint work_progress_pkey PRIMARY KEY (work),
  constraint work_progress_work_check CHECK ((work = ANY (ARRAY['rebuild'::text, 'rules'::text, 'replay'::text])))
);
