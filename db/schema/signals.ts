import type { Generated, JSONColumnType } from "kysely";

export interface ReleasesTable {
  id: string;
  source: string;
  key: string;
  raw_service: string | null;
  raw_environment: string | null;
  service: string;
  environment: string;
  tier: string;
  team: string | null;
  repository: string | null;
  revision: string | null;
  subject: string;
  flag: string | null;
  percent: number | null;
  enabled: boolean | null;
  version: string | null;
  title: string | null;
  author: string | null;
  at: Date;
  url: string | null;
}

/** Alerts as reported; `incident_id` is derived by grouping. */
export interface AlertsTable {
  id: string;
  source: string;
  key: string;
  raw_service: string | null;
  raw_environment: string | null;
  service: string | null;
  environment: string | null;
  tier: string | null;
  team: string | null;
  name: string;
  severity: string | null;
  started_at: Date;
  ended_at: Date | null;
  labels: JSONColumnType<Record<string, string>>;
  summary: string | null;
  url: string | null;
  /** The sender's own id of the incident it belongs to. */
  declared_incident: string | null;
  incident_id: string | null;
  /** Its public id among the members of its incident. */
  member_id: string;
}

/** Incidents as declared by a sender. */
export interface DeclaredIncidentsTable {
  id: string;
  source: string;
  key: string;
  raw_service: string | null;
  raw_environment: string | null;
  service: string | null;
  environment: string | null;
  tier: string | null;
  team: string | null;
  repository: string | null;
  title: string;
  severity: string | null;
  opened_at: Date;
  acknowledged_at: Date | null;
  resolved_at: Date | null;
  cause: string | null;
  url: string | null;
}

/** Incidents as derived: declared ones with their alerts, and groups of alerts. */
export interface IncidentsTable {
  id: string;
  title: string;
  service: string | null;
  environment: string | null;
  tier: string | null;
  team: string | null;
  severity: string | null;
  opened_at: Date;
  acknowledged_at: Date | null;
  resolved_at: Date | null;
  first_sign_at: Date;
  url: string | null;
  declared_cause: string | null;
  /** Public ids that answer with this incident: its own and its members'. */
  members: string[];
  sources: JSONColumnType<{ source: string; key: string }[]>;
  /** Public ids of the members that a person holds apart from it. */
  apart: Generated<string[]>;
}

/** People's words; the latest per incident or deployment. */
export interface VerdictsTable {
  incident_id: string;
  verdict: string | null;
  changes: JSONColumnType<{ kind: string; id: string }[]>;
  rejected: JSONColumnType<{ kind: string; id: string }[]>;
  note: string | null;
  actor: string;
  at: Date;
}

export interface CorrectionsTable {
  deployment_id: string;
  kind: string | null;
  failed: boolean | null;
  note: string;
  actor: string;
  at: Date;
}

/** People's words on what is not one; the latest per report. */
export interface SeparationsTable {
  kind: "deployment" | "incident";
  /** The report's own public id; see SeparationMembers. */
  member_id: string;
  apart: boolean;
  note: string | null;
  actor: string;
  at: Date;
}

/** Judgements that are still to be made, kept by a trigger on incidents and by who judges. */
export interface AwaitedJudgementsTable {
  incident_id: string;
  occasion: string;
  due_at: Date;
  /** Raised whenever it is asked for, so that what is asked for meanwhile is not lost. */
  asked: Generated<number>;
  /** How often judging failed since. */
  tries: Generated<number>;
}

/** The model's stored judgement of an incident at a moment: an input to derivation, like a delivery. */
export interface AssessmentsTable {
  incident_id: string;
  assessed_at: Date;
  /** opened, after_5_minutes, after_30_minutes, resolved, rejudged */
  occasion: string;
  model: string;
  suspects: JSONColumnType<unknown[]>;
}
