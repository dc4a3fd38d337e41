/**
 * One source's report of a deployment, as far as identity goes. Times are epoch
 * milliseconds; its span is what `spanOf` says.
 */
export interface IdentifiedReport {
  id: string;
  key: string;
  source: string;
  service: string;
  environment: string;
  revision: string | null;
  artifact: string | null;
  beginsAt: number;
  endsAt: number;
}

/** Reports that lie no further apart overlap. */
export const overlapMilliseconds = 2 * 60_000;
/** No clock is asked: a report that never told its end is taken to have lasted so long. */
const unfinishedMilliseconds = 60 * 60_000;

/** When a report says that its attempt began and ended, as epoch milliseconds; `at` is where it stands. */
export function spanOf(report: {
  isFinal: boolean;
  queuedAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  at: number;
}): { beginsAt: number; endsAt: number } {
  const { isFinal, queuedAt, startedAt, finishedAt, at } = report;
  const beginsAt = startedAt ?? queuedAt ?? finishedAt ?? at;
  const told = isFinal ? (finishedAt ?? beginsAt) : beginsAt + unfinishedMilliseconds;
  return { beginsAt, endsAt: Math.max(beginsAt, told) };
}

/**
 * Which reports are one deployment: clusters, each in the order of its reports'
 * start, then key. By start, a report joins the latest cluster with a report of
 * another source that it is linked to, if its own source has none in it; one that
 * names the revision of one cluster and the artifact of another makes them one,
 * if no source has two in it then. What a person separated stands alone. A
 * function of the set: order and repetition change nothing.
 */
export function joinReports<Report extends IdentifiedReport>(
  reports: readonly Report[],
  separated: ReadonlySet<string>,
): Report[][] {
  const known = new KnownReports<Report>();
  for (const report of inOrderOfStart(reports)) {
    if (separated.has(report.id)) known.standAlone(report);
    else known.join(report);
  }
  return known.clusters.filter((cluster) => cluster.length > 0);
}

/** By start, then key; each once. */
export function inOrderOfStart<Report extends Pick<IdentifiedReport, "id" | "key" | "beginsAt">>(
  reports: readonly Report[],
): Report[] {
  const byId = new Map(reports.map((report) => [report.id, report]));
  return [...byId.values()].sort(
    (a, b) => a.beginsAt - b.beginsAt || compare(a.key, b.key) || compare(a.id, b.id),
  );
}

/** Whether two reports of different sources may be of one deployment: the same code, and overlapping. */
export function areLinked(a: IdentifiedReport, b: IdentifiedReport): boolean {
  return a.source !== b.source && isSameStream(a, b) && isSameCode(a, b) && overlap(a, b);
}

function isSameStream(a: IdentifiedReport, b: IdentifiedReport): boolean {
  return a.service === b.service && a.environment === b.environment;
}

function isSameCode(a: IdentifiedReport, b: IdentifiedReport): boolean {
  return (
    (a.revision !== null && a.revision === b.revision) ||
    (a.artifact !== null && a.artifact === b.artifact)
  );
}

function overlap(a: IdentifiedReport, b: IdentifiedReport): boolean {
  return (
    a.beginsAt - b.endsAt <= overlapMilliseconds && b.beginsAt - a.endsAt <= overlapMilliseconds
  );
}

class KnownReports<Report extends IdentifiedReport> {
  /** In the order of their first report; one that became part of an earlier is empty. */
  readonly clusters: Report[][] = [];
  private readonly byCode = new Map<string, Report[]>();
  private readonly places = new Map<string, number>();

  standAlone(report: Report): void {
    this.clusters.push([report]);
  }

  join(report: Report): void {
    const found = codesOf(report).flatMap((code) => this.latestLinked(report, code) ?? []);
    this.put(report, this.united([...new Set(found)].sort((a, b) => a - b)));
    for (const code of codesOf(report)) {
      const others = this.byCode.get(code);
      if (others) others.push(report);
      else this.byCode.set(code, [report]);
    }
  }

  /** The place of the latest cluster that a report may join by its revision, or by its artifact. */
  private latestLinked(report: Report, code: string): number | null {
    const places = (this.byCode.get(code) ?? [])
      .filter((other) => areLinked(report, other))
      .flatMap(({ id }) => this.places.get(id) ?? [])
      .filter((place) => !this.sourcesIn(place).includes(report.source));
    return places.length > 0 ? Math.max(...places) : null;
  }

  /** One place for the clusters at these; the latest alone where they share a source. */
  private united(places: readonly number[]): number | null {
    const [first, second] = places;
    if (first === undefined || second === undefined) return first ?? null;
    const sources = this.sourcesIn(first);
    if (this.sourcesIn(second).some((source) => sources.includes(source))) return second;
    for (const report of this.clusters[second] ?? []) this.put(report, first);
    this.clusters[second] = [];
    this.clusters[first] = inOrderOfStart(this.clusters[first] ?? []);
    return first;
  }

  private put(report: Report, place: number | null): void {
    const at = place ?? this.clusters.length;
    this.places.set(report.id, at);
    const cluster = this.clusters[at];
    if (cluster) cluster.push(report);
    else this.clusters.push([report]);
  }

  private sourcesIn(place: number): string[] {
    return (this.clusters[place] ?? []).map(({ source }) => source);
  }
}

function codesOf({ service, environment, revision, artifact }: IdentifiedReport): string[] {
  const code = (kind: string, name: string | null) =>
    name === null ? [] : [JSON.stringify([service, environment, kind, name])];
  return [...code("revision", revision), ...code("artifact", artifact)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
