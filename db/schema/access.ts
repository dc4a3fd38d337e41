import type { Generated, GeneratedAlways, JSONColumnType } from "kysely";

export interface PeopleTable {
  id: string;
  name: string;
  email: string | null;
  /** viewer, editor, admin: of the instance. */
  role: string;
  created_at: Date;
  disabled_at: Date | null;
  last_seen_at: Date | null;
}

/** Who someone is at an issuer: "password", an OIDC issuer's address, or "https://github.com". */
export interface IdentitiesTable {
  issuer: string;
  subject: string;
  person_id: string;
  /** For issuer "password": scrypt with its parameters. */
  password_hash: string | null;
  created_at: Date;
}

export interface TeamMembersTable {
  team: string;
  person_id: string;
  role: string;
}

export interface InvitationsTable {
  id: string;
  token_hash: Buffer;
  /** For whom, in the inviter's words. */
  note: string;
  role: string;
  teams: JSONColumnType<Record<string, string>>;
  invited_by: string;
  created_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
  accepted_by: string | null;
  withdrawn_at: Date | null;
}

export interface SessionsTable {
  /** Public; the secret is only kept as its hash. */
  id: string;
  token_hash: Buffer;
  person_id: string;
  issuer: string;
  address: string | null;
  user_agent: string | null;
  created_at: Date;
  last_seen_at: Date;
  /** The absolute end; idleness ends it earlier. */
  expires_at: Date;
}

export interface SetUpTokensTable {
  token_hash: Buffer;
  purpose: "first_admin" | "recovery";
  expires_at: Date;
}

/** An admin's one-time address at which someone sets a new password. */
export interface PasswordLinksTable {
  token_hash: Buffer;
  person_id: string;
  /** A person's id or a token's name. */
  made_by: string;
  expires_at: Date;
}

/** Failed sign-ins of one account or address. */
export interface ThrottlesTable {
  key: Buffer;
  failures: number;
  since: Date;
  blocked_until: Date | null;
}

/** States of sign-ins with a provider that came back already. */
export interface UsedStatesTable {
  state_hash: Buffer;
  expires_at: Date;
}

/** Made in settings; those of pushline.yaml are not here. A revoked one stays. */
export interface TokensTable {
  id: string;
  name: string;
  prefix: string;
  token_hash: Buffer;
  /** While it is being replaced. */
  previous_hash: Buffer | null;
  previous_valid_until: Date | null;
  scopes: string[];
  reach_kind: string | null;
  reach_name: string | null;
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export interface ConfiguredSourcesTable {
  name: string;
  provider: string;
  auth: string;
  username: string | null;
  header: string | null;
  /** AES-256-GCM, the newest first; two while one is replaced. */
  sealed_secrets: Buffer[];
  created_by: string;
  created_at: Date;
  rotated_at: Date | null;
  removed_at: Date | null;
}

export interface ConfiguredTeamsTable {
  name: string;
  timezone: string;
  created_at: Date;
}

export interface ConfiguredServicesTable {
  name: string;
  repository: string | null;
  team: string | null;
  depends_on: string[];
  paths: string[];
  deployments: string[];
  created_at: Date;
}

export interface ConfiguredEnginesTable {
  name: string;
  url: string;
  /** What goes into Authorization, AES-256-GCM. */
  sealed_credential: Buffer | null;
  created_at: Date;
}

/** Append-only: a trigger refuses every change. */
export interface AuditTable {
  id: Generated<number>;
  at: Date;
  actor_kind: string;
  /** By the name of then. */
  actor: string;
  /** Of a person or a token; names can be changed and given again. */
  actor_id: string | null;
  action: string;
  subject_kind: string | null;
  subject: string | null;
  address: string | null;
  details: JSONColumnType<Record<string, unknown>>;
  /** Every word of the row, for the search; a tsvector. */
  words: GeneratedAlways<string>;
}
