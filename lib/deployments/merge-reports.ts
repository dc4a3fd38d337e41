import type { Selectable } from "kysely";
import type { DeploymentReportsTable } from "@/db/schema/attempts";
import { type IdentifiedReport, inOrderOfStart, spanOf } from "@/lib/deployments/identity";
import { type AttemptStatus, finalStatuses } from "@/lib/facts/types";

export type DeploymentReport = Selectable<DeploymentReportsTable>;

/** What the reports of one deployment come to; times as the tables have them. */
export type WholeDeployment = Omit<
  DeploymentReport,
  "deployment_id" | "begins_at" | "ends_at" | "steps" | "approvals"
> & { members: string[]; steps: unknown[]; approvals: unknown[] };

export function identified(report: DeploymentReport): IdentifiedReport {
  const { id, key, source, service, environment, revision, artifact } = report;
  return { id, key, source, service, environment, revision, artifact, ...reportedSpan(report) };
}

export function reportedSpan(
  report: Pick<DeploymentReport, "status" | "queued_at" | "started_at" | "finished_at" | "at">,
) {
  return spanOf({
    isFinal: isFinal(report),
    queuedAt: report.queued_at?.getTime() ?? null,
    startedAt: report.started_at?.getTime() ?? null,
    finishedAt: report.finished_at?.getTime() ?? null,
    at: report.at.getTime(),
  });
}

/**
 * One deployment of its reports, of which there is at least one. It began with the
 * earliest and ended as the last to end says. What only one can be right about is
 * taken from those that name the repository of the service's code first, so that
 * the code's revision stands and not that of its manifests, then by start.
 */
export function mergeReports(
  reports: readonly DeploymentReport[],
  isCode: (repository: string) => boolean,
): WholeDeployment {
  const ordered = inStart(reports);
  const [first, ...others] = ordered;
  if (!first) throw new RangeError("a deployment has a report");
  const members = ordered.map(({ id }) => id);
  if (others.length === 0) return { ...reported(first), members };
  const told = codeFirst(ordered, isCode);
  const pick = <T>(of: (report: DeploymentReport) => T | null) =>
    told.map(of).find((value) => value !== null) ?? null;
  const listed = <T>(of: (report: DeploymentReport) => T[]) =>
    told.map(of).find((list) => list.length > 0) ?? [];
  const queued_at = earliest(ordered, "queued_at");
  const started_at = earliest(ordered, "started_at");
  const { status, finished_at } = outcomeOf(ordered);
  const failures = ordered.flatMap(({ declared_failed }) => declared_failed ?? []);
  return {
    ...reported(first),
    ...codeOf(told),
    members,
    status,
    queued_at,
    started_at,
    finished_at,
    url: pick(({ url }) => url),
    raw_service: pick(({ raw_service }) => raw_service),
    version: pick(({ version }) => version),
    artifact: pick(({ artifact }) => artifact),
    declared_kind: pick(({ declared_kind }) => declared_kind),
    hotfix: ordered.some(({ hotfix }) => hotfix),
    declared_failed: failures.length === 0 ? null : failures.includes(true),
    lane: pick(({ lane }) => (lane === "standard" ? null : lane)) ?? "standard",
    strategy: pick(({ strategy }) => strategy),
    steps: listed(({ steps }) => steps),
    approvals: listed(({ approvals }) => approvals),
    author: pick(({ author }) => author),
    description: pick(({ description }) => description),
    time_from_receipt: deciding(ordered, { queued_at, started_at, finished_at }).some(
      ({ time_from_receipt }) => time_from_receipt,
    ),
    at: finished_at ?? started_at ?? queued_at ?? first.at,
  };
}

function inStart(reports: readonly DeploymentReport[]): DeploymentReport[] {
  const byId = new Map(reports.map((report) => [report.id, report]));
  return inOrderOfStart(reports.map(identified)).flatMap(({ id }) => byId.get(id) ?? []);
}

function reported(report: DeploymentReport) {
  const { deployment_id, begins_at, ends_at, ...columns } = report;
  return columns;
}

function codeFirst(
  reports: readonly DeploymentReport[],
  isCode: (repository: string) => boolean,
): DeploymentReport[] {
  const isOfCode = ({ repository }: DeploymentReport) => repository !== null && isCode(repository);
  return [...reports.filter(isOfCode), ...reports.filter((report) => !isOfCode(report))];
}

/** A revision means something in its own repository alone: they are one report's. */
function codeOf(told: readonly DeploymentReport[]) {
  const named = told.find(({ revision }) => revision !== null);
  const { repository = null, revision = null } = named ?? {};
  const branch = (named ? [named, ...told] : told).find(
    (report) => report.branch !== null && report.repository === repository,
  );
  return {
    revision,
    repository: named
      ? repository
      : (told.find((each) => each.repository !== null)?.repository ?? null),
    branch: branch?.branch ?? null,
  };
}

function earliest(
  reports: readonly DeploymentReport[],
  time: "queued_at" | "started_at",
): Date | null {
  return reports.reduce<Date | null>((least, report) => {
    const value = report[time];
    return value !== null && (least === null || value < least) ? value : least;
  }, null);
}

/** At one moment the worse outcome stands. */
const worstFirst: readonly string[] = ["failed", "canceled", "succeeded"];

/** As the last to end says; what has not ended outranks that where it began after. */
function outcomeOf(reports: readonly DeploymentReport[]) {
  const [last] = reports
    .filter(isFinal)
    .sort(
      (a, b) => endOf(b) - endOf(a) || worstFirst.indexOf(a.status) - worstFirst.indexOf(b.status),
    );
  const open = reports
    .filter((report) => !isFinal(report))
    .filter((report) => !last || reportedSpan(report).beginsAt > endOf(last));
  if (last && open.length === 0) return { status: last.status, finished_at: last.finished_at };
  const isRunning = open.some(({ status }) => status === "running");
  return { status: isRunning ? "running" : "queued", finished_at: null };
}

function endOf(report: DeploymentReport): number {
  return report.finished_at?.getTime() ?? report.at.getTime();
}

function isFinal({ status }: Pick<DeploymentReport, "status">): boolean {
  return finalStatuses.includes(status as AttemptStatus);
}

/** The reports of which a time is the whole's. */
function deciding(
  reports: readonly DeploymentReport[],
  whole: Pick<DeploymentReport, "queued_at" | "started_at" | "finished_at">,
): DeploymentReport[] {
  const isOf = (report: DeploymentReport) =>
    (["queued_at", "started_at", "finished_at"] as const).some(
      (time) => whole[time] !== null && report[time]?.getTime() === whole[time]?.getTime(),
    );
  const those = reports.filter(isOf);
  return those.length > 0 ? those : [...reports];
}
