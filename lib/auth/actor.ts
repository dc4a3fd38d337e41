export const scopes = ["ingest", "read", "write", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** Each may what the one before it may. */
export const roles = ["viewer", "editor", "admin"] as const;
export type Role = (typeof roles)[number];

export const reachKinds = ["source", "team", "service"] as const;
/** Where a token ends: outside of it nothing exists for its holder. */
export interface Reach {
  kind: (typeof reachKinds)[number];
  name: string;
}

/** Who asks. Every query takes one. */
export type Actor =
  | Person
  | TokenActor
  /** Pushline itself: projection, scripts. No request is ever this. */
  | { kind: "system"; name: string }
  /** A loopback instance that its operator opened without sign-in. */
  | { kind: "visitor"; name: string }
  | { kind: "anonymous"; name: string };

export interface Person {
  kind: "person";
  id: string;
  /** As others see who did it. */
  name: string;
  email: string | null;
  /** Of the instance. */
  role: Role;
  /** By team; what the instance's role gives already is not repeated. */
  teams: Readonly<Record<string, Role>>;
  /** The public id of the session that asks. */
  session: string;
}

export interface TokenActor {
  kind: "token";
  id: string;
  /** Also the source of the events that it sends. */
  name: string;
  scopes: readonly Scope[];
  reach: Reach | null;
  /** Null: it has no end. */
  expiresAt: Date | null;
  /** Whether the secret is the one that a rotation replaced. */
  byPrevious: boolean;
}

export const systemActor: Actor = { kind: "system", name: "pushline" };
export const anonymous: Actor = { kind: "anonymous", name: "anonymous" };
export const visitor: Actor = { kind: "visitor", name: "visitor" };
