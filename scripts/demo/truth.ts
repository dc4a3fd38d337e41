import type { Deployment, Release } from "@/scripts/demo/events";
import type { Simulation } from "@/scripts/demo/simulation";

export type TrueKind = "first" | "deploy" | "redeploy" | "rollback" | "revert" | "fix_forward";
export type TrueRemedy = "rollback" | "revert" | "fix_forward" | "flag_off";

/** What really happened, gathered while it happens. */
export interface Ledger {
  deployments: Map<Deployment["key"], TrueDeployment>;
  incidents: TrueIncident[];
  releases: TrueRelease[];
}

/** A thing by the name its sender gave it: `source` is as in pushline.yaml. */
export interface Reference {
  kind: "deployment" | "release";
  source: string;
  key: string;
}

export interface TrueDeployment {
  source: string;
  key: string;
  service: string;
  environment: string;
  revision: string;
  version: string;
  status: Deployment["status"];
  kind: TrueKind;
  hotfix: boolean;
  startedAt: string | null;
  finishedAt: string | null;
  failed: boolean;
  /** Undone by a rollback without being at fault. */
  withdrawn: boolean;
  failedBecause: "incident" | "rolled_back" | "reverted" | null;
}

export interface TrueRelease {
  source: string;
  key: string;
  service: string;
  subject: string;
  flag: string | null;
  percent: number | null;
  enabled: boolean | null;
  at: string;
  failed: boolean;
}

export interface TrueIncident {
  /** What was simulated, e.g. `error_spike`. */
  story: string;
  service: string;
  environment: "production";
  /** Incidents of one fault share this. */
  fault: string;
  faultStartedAt: string;
  openedAt: string;
  resolvedAt: string | null;
  cause: Reference | { kind: "none"; because: string };
  remedies: { kind: TrueRemedy; by: Reference; held: boolean }[];
  alerts: { source: string; id: string; name: string; startedAt: string }[];
  /** The id of the native incident, where the team's tool sends one. */
  incidentId: string | null;
  /** Whether the sender named the cause. */
  declared: boolean;
}

export const newLedger = (): Ledger => ({ deployments: new Map(), incidents: [], releases: [] });

export const timeOf = (at: number) => new Date(at).toISOString();

export function referenceTo(thing: Deployment | Release): Reference {
  if ("key" in thing)
    return {
      kind: "deployment",
      source: thing.service.reports === "github" ? "github" : "pipeline",
      key: thing.key,
    };
  return { kind: "release", source: "pipeline", key: thing.id };
}

export function recordDeployment(
  simulation: Simulation,
  deployment: Deployment,
  kind: TrueKind,
): void {
  const known = simulation.ledger.deployments.get(deployment.key);
  const { source, key } = referenceTo(deployment);
  simulation.ledger.deployments.set(key, {
    source,
    key,
    service: deployment.service.name,
    environment: deployment.environment,
    revision: deployment.artifact.revision,
    version: deployment.artifact.version,
    status: deployment.status,
    kind,
    hotfix: deployment.hotfix,
    startedAt: deployment.startedAt === null ? null : timeOf(deployment.startedAt),
    finishedAt: deployment.finishedAt === null ? null : timeOf(deployment.finishedAt),
    failed: known?.failed ?? false,
    withdrawn: known?.withdrawn ?? false,
    failedBecause: known?.failedBecause ?? null,
  });
}

export function markFailed(
  simulation: Simulation,
  deployment: Deployment,
  because: TrueDeployment["failedBecause"],
): void {
  const known = simulation.ledger.deployments.get(deployment.key);
  if (known) Object.assign(known, { failed: true, failedBecause: because });
}

export function markWithdrawn(simulation: Simulation, deployment: Deployment): void {
  const known = simulation.ledger.deployments.get(deployment.key);
  if (known) known.withdrawn = true;
}

export interface TrueFigures {
  /** Completed production deployments. */
  completed: number;
  /** Those but rollbacks and redeploys: the denominator of the change fail rate. */
  deployments: number;
  failed: number;
  failRate: number | null;
  withdrawn: number;
  rollbacks: number;
  redeploys: number;
  reverts: number;
  fixForwards: number;
  failedAttempts: number;
  canceled: number;
  incidents: number;
  incidentsWithoutDeployment: number;
}

export interface Truth {
  seed: string;
  from: string;
  now: string;
  days: number;
  total: TrueFigures;
  services: Record<string, TrueFigures>;
  incidents: TrueIncident[];
  releases: TrueRelease[];
  deployments: TrueDeployment[];
}

/** The ground truth at the simulation's present moment. */
export function truthOf(simulation: Simulation): Truth {
  const { settings, ledger, world } = simulation;
  const deployments = [...ledger.deployments.values()];
  const figures = (names: Set<string>) =>
    figuresOf(
      deployments.filter(({ service }) => names.has(service)),
      ledger.incidents.filter(({ service }) => names.has(service)),
    );
  return {
    seed: settings.seed,
    from: timeOf(settings.now - settings.days * 86_400_000),
    now: timeOf(settings.now),
    days: settings.days,
    total: figures(new Set(world.services.map(({ name }) => name))),
    services: Object.fromEntries(
      world.services.map(({ name }) => [name, figures(new Set([name]))]),
    ),
    incidents: ledger.incidents,
    releases: ledger.releases,
    deployments,
  };
}

function figuresOf(all: TrueDeployment[], incidents: TrueIncident[]): TrueFigures {
  const production = all.filter(({ environment }) => environment === "production");
  const completed = production.filter(({ status, failed }) => status === "succeeded" || failed);
  const ofKind = (...kinds: TrueKind[]) =>
    completed.filter(({ kind }) => kinds.includes(kind)).length;
  const deployments = completed.length - ofKind("rollback", "redeploy");
  const failed = completed.filter((deployment) => deployment.failed).length;
  return {
    completed: completed.length,
    deployments,
    failed,
    failRate: deployments === 0 ? null : failed / deployments,
    withdrawn: completed.filter(({ withdrawn }) => withdrawn).length,
    rollbacks: ofKind("rollback"),
    redeploys: ofKind("redeploy"),
    reverts: ofKind("revert"),
    fixForwards: ofKind("fix_forward"),
    failedAttempts: production.filter(({ status, failed }) => status === "failed" && !failed)
      .length,
    canceled: production.filter(({ status }) => status === "canceled").length,
    incidents: incidents.length,
    incidentsWithoutDeployment: incidents.filter(({ cause }) => cause.kind !== "deployment").length,
  };
}
