import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { type DerivedWindow, deriveWindow } from "@/lib/deployments/derive-stream";
import type { KnownHistories } from "@/lib/deployments/known-histories";
import { confirmedDeployments } from "@/lib/deployments/order";
import { type Asked, nothingBefore, type Past } from "@/lib/deployments/past";
import { readStream, type StoredStream, type StreamName } from "@/lib/deployments/read-stream";
import { readStreamIncidents } from "@/lib/deployments/read-stream-incidents";
import { ownsPaths } from "@/lib/deployments/resolve-service";
import type { StreamIncident, StreamInput } from "@/lib/deployments/types";
import { isBefore } from "@/lib/deployments/window/read-earlier";
import { PastReader } from "@/lib/deployments/window/read-past";
import { readSeam } from "@/lib/deployments/window/read-seam";
import { withGraph } from "@/lib/deployments/with-graph";
import type { RolloutShare } from "@/lib/facts/derived-rows";
import { rolloutShares } from "@/lib/projection/rollout-shares";

/** What a derivation goes by, beside the tables. */
interface Rules {
  config: Config;
  /** Where several derivations share what they read of repositories. */
  histories?: KnownHistories | undefined;
}

/** A stream's later part as it is now, with what it comes to. */
export interface WindowOfStream {
  /** Where it begins; null for the stream's beginning. */
  seam: Date | null;
  stream: StoredStream;
  derived: DerivedWindow["deployments"];
  shares: ReadonlyMap<string, RolloutShare>;
}

/** Wider than this a window is the stream. */
const widest = 4_096;
const wideningBy = 4;

/**
 * Derives as much of a stream's end as may be told otherwise since `from`, about
 * `margin` deployments more than that at first: with whatever before it the window
 * turns out to speak of, it is derived anew. Equals what deriving the whole stream
 * says of those deployments. Null where nothing was deployed.
 */
export async function deriveSince(
  trx: Transaction<Database>,
  rules: Rules,
  name: StreamName,
  from: Date,
  margin: number,
): Promise<WindowOfStream | null> {
  let earliest = from;
  for (let width = margin; ; width = Math.max(1, width) * wideningBy) {
    const seam = width > widest ? null : await readSeam(trx, name, earliest, width);
    const stream = await readStream(trx, rules.config, name, seam);
    if (!stream) return null;
    const window = await derive(trx, rules, stream, seam);
    const { shares, outgrown } = await rolloutShares(trx, stream, window.deployments);
    const reached = [...window.reachedBack, ...outgrown];
    if (seam === null || reached.length === 0)
      return { seam, stream, derived: window.deployments, shares };
    earliest = await earliestOf(trx, reached, seam);
  }
}

async function derive(
  trx: Transaction<Database>,
  rules: Rules,
  stream: StoredStream,
  seam: Date | null,
): Promise<DerivedWindow> {
  if (seam === null)
    return deriveOnce(trx, rules, {
      ...stream,
      incidents: await readIncidents(trx, stream, [], null),
      past: nothingBefore,
    });
  const before = { service: stream.service, environment: stream.environment, seam };
  const reader = await PastReader.at(trx, before);
  let incidentsFrom = seam;
  let incidents = await readIncidents(trx, stream, reader.awaiting, incidentsFrom);
  for (;;) {
    const past: Past = {
      ...reader.past,
      confirmed: await confirmedBefore(trx, before, incidents),
      incidentsFrom: incidentsFrom.getTime(),
    };
    const window = await deriveOnce(trx, rules, { ...stream, incidents, past });
    if (window.reachedBack.length > 0) return window;
    const wanted = incidentsWanted(window.asked, incidentsFrom);
    if (wanted) {
      incidentsFrom = wanted;
      incidents = await readIncidents(trx, stream, reader.awaiting, incidentsFrom);
    }
    if (!(await reader.lookUp(window.asked)) && !wanted) return window;
  }
}

function deriveOnce(
  trx: Transaction<Database>,
  { config, histories }: Rules,
  input: Omit<StreamInput, "graph"> & { past: Past },
): Promise<DerivedWindow> {
  const earlier = input.past.deployments.map(({ attempt }) => attempt);
  const attempts = [...input.deployments, ...earlier];
  const repositories = new Set(attempts.flatMap(({ repository }) => repository ?? []));
  // One is compared with the next; of those before the window only the last surely is.
  const compared = [...earlier.slice(-1), ...input.deployments];
  return withGraph(
    trx,
    [...repositories].sort(),
    (repository, paths) => ownsPaths(config, input.service, repository, paths),
    (graph) => deriveWindow({ ...input, graph }),
    compared.flatMap(({ repository, revision }) =>
      repository === null || revision === null ? [] : { repository, revision },
    ),
    histories,
  );
}

function readIncidents(
  trx: Transaction<Database>,
  stream: StoredStream,
  awaiting: readonly string[],
  from: Date | null,
): Promise<StreamIncident[]> {
  const deployments = [...stream.deployments.map(({ id }) => id), ...awaiting];
  return readStreamIncidents(trx, stream, { deployments, from }, stream.matchThreshold);
}

function incidentsWanted(asked: Asked, known: Date): Date | null {
  return asked.incidentsFrom < known.getTime() ? new Date(asked.incidentsFrom) : null;
}

async function confirmedBefore(
  db: Kysely<Database>,
  before: StreamName & { seam: Date },
  incidents: readonly StreamIncident[],
): Promise<Set<string>> {
  const ids = incidents.flatMap(confirmedDeployments);
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select d.id from deployments d
    where ${isBefore(before)} and d.id = any(${ids}::text[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

async function earliestOf(
  db: Kysely<Database>,
  deployments: readonly string[],
  seam: Date,
): Promise<Date> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(at) as at from deployments where id = any(${[...deployments]}::text[])`.execute(db);
  const at = rows[0]?.at ?? seam;
  return at < seam ? at : seam;
}
