/**
 * Who may do what, by hand: the access test holds every route to this, and
 * nothing here is computed from the policy that it tests.
 *
 * `ok` let in (whatever the route then finds wrong with the question), 401 not
 * known here, 403 known and not allowed, 404 outside of the token's reach.
 * The things asked about are of the service atlas, the team alpha and the source
 * atlas-hook.
 */
const table = `
               open source self ingest closing metrics list one inbox judge replay manage tokens member rules admin
anonymous      ok   401    401  401    401     401     401  401 401   401   401    401    401    401    401   401
visitor        ok   401    403  403    403     403     ok   ok  ok    ok    ok     ok     ok     ok     ok    ok
viewer         ok   401    ok   403    403     403     ok   ok  ok    403   403    403    403    403    403   403
editor         ok   401    ok   403    403     403     ok   ok  ok    ok    ok     403    403    403    403   403
admin          ok   401    ok   403    403     403     ok   ok  ok    ok    ok     ok     ok     ok     ok    ok
alphaEditor    ok   401    ok   403    403     403     ok   ok  ok    ok    403    403    403    403    403   403
betaEditor     ok   401    ok   403    403     403     ok   ok  ok    403   403    403    403    403    403   403
alphaAdmin     ok   401    ok   403    403     403     ok   ok  ok    ok    403    ok     ok     ok     ok    403
betaAdmin      ok   401    ok   403    403     403     ok   ok  ok    403   403    ok     403    403    403   403
disabledAdmin  ok   401    401  401    401     401     401  401 401   401   401    401    401    401    401   401
ingestToken    ok   401    403  ok     ok      ok      403  403 403   403   403    403    403    403    403   403
readToken      ok   401    403  403    403     403     ok   ok  ok    403   403    403    403    403    403   403
writeToken     ok   401    403  403    403     403     403  403 403   ok    ok     403    403    403    403   403
adminToken     ok   401    403  ok     ok      ok      ok   ok  ok    ok    ok     ok     ok     ok     ok    ok
serviceToken   ok   401    403  ok     404     ok      ok   ok  404   ok    404    ok     ok     404    404   404
teamToken      ok   401    403  ok     404     ok      ok   ok  404   ok    404    ok     ok     ok     404   404
sourceToken    ok   401    403  ok     ok      ok      ok   404 ok    404   ok     ok     404    404    404   404
elsewhereToken ok   401    403  404    404     ok      ok   404 404   404   404    ok     404    404    404   404
expiredToken   ok   401    401  401    401     401     401  401 401   401   401    401    401    401    401   401
revokedToken   ok   401    401  401    401     401     401  401 401   401   401    401    401    401    401   401
`;

export const personaNames = [
  "anonymous",
  "visitor",
  "viewer",
  "editor",
  "admin",
  "alphaEditor",
  "betaEditor",
  "alphaAdmin",
  "betaAdmin",
  "disabledAdmin",
  "ingestToken",
  "readToken",
  "writeToken",
  "adminToken",
  "serviceToken",
  "teamToken",
  "sourceToken",
  "elsewhereToken",
  "expiredToken",
  "revokedToken",
] as const;
export type PersonaName = (typeof personaNames)[number];

/**
 * `ingest` an event of atlas; `closing` one that names no service;
 * `metrics` points, of which those elsewhere are left out;
 * `list` whatever is listed or counted, narrowed; `one` a single thing of atlas;
 * `inbox` a delivery of atlas-hook; `judge` and `replay` the words on them;
 * `manage` what whoever sets up anything may ask; `tokens`, `member` and `rules` a
 * token of atlas, a member of alpha and the rule of atlas.
 */
export type AccessClass =
  | "open"
  | "source"
  | "self"
  | "ingest"
  | "closing"
  | "metrics"
  | "list"
  | "one"
  | "inbox"
  | "judge"
  | "replay"
  | "manage"
  | "tokens"
  | "member"
  | "rules"
  | "admin";

export type Expected = "ok" | 401 | 403 | 404;

export function expected(persona: PersonaName, access: AccessClass): Expected {
  const [head = [], ...rows] = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  const cell = rows.find(([name]) => name === persona)?.[head.indexOf(access) + 1];
  if (cell === "ok") return cell;
  if (cell === "401" || cell === "403" || cell === "404") return Number(cell) as Expected;
  throw new Error(`The table says nothing of ${persona} and ${access}.`);
}
