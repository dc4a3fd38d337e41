import { listAudit } from "@/lib/audit/list-audit";
import { makePasswordLink } from "@/lib/auth/passwords/make-password-link";
import { changePerson, endSessionsOf, removePerson } from "@/lib/auth/people/change-person";
import { invite, withdrawInvitation } from "@/lib/auth/people/invite";
import { listInvitations } from "@/lib/auth/people/list-invitations";
import { listPeople } from "@/lib/auth/people/list-people";
import { outside } from "@/lib/auth/testing-access/tellings";
import type { World } from "@/lib/auth/testing-access/world";
import { changeBackfill } from "@/lib/backfill/change-backfill";
import { listBackfills } from "@/lib/backfill/list-backfills";
import { startBackfill } from "@/lib/backfill/start-backfill";
import type { Context } from "@/lib/context";
import { listChanges } from "@/lib/deployments/list-changes";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { readDeployment } from "@/lib/deployments/read-deployment";
import { checkEngine } from "@/lib/engines/check-engine";
import { listAlerts } from "@/lib/facts/list-alerts";
import { listBuilds } from "@/lib/facts/list-builds";
import { listReleases } from "@/lib/facts/list-releases";
import { listTestRuns } from "@/lib/facts/list-test-runs";
import { readJourney } from "@/lib/facts/read-journey";
import { setCorrection } from "@/lib/facts/set-correction";
import { setDeploymentSeparation } from "@/lib/facts/set-deployment-separation";
import { listGoals } from "@/lib/goals/list-goals";
import { removeGoal } from "@/lib/goals/remove-goal";
import { addGoal, changeGoal } from "@/lib/goals/save-goal";
import { listIncidents, readIncident } from "@/lib/incidents/list-incidents";
import { setCause } from "@/lib/incidents/set-cause";
import { setIncidentSeparation } from "@/lib/incidents/set-separation";
import { listDeliveries } from "@/lib/ingest/list-deliveries";
import { readDelivery } from "@/lib/ingest/read-delivery";
import { replayDelivery } from "@/lib/ingest/replay-delivery";
import { listFailures } from "@/lib/insights/list-failures";
import { readBatches } from "@/lib/insights/read-batches";
import { readLevels } from "@/lib/insights/read-levels";
import { readRemedies } from "@/lib/insights/read-remedies";
import { readSuspects } from "@/lib/matching/read-suspects";
import { readMetrics } from "@/lib/metrics/read-metrics";
import { readBuildsTrend } from "@/lib/pipelines/read-builds-trend";
import { readTestCases } from "@/lib/pipelines/read-test-cases";
import { readTestsTrend } from "@/lib/pipelines/read-tests-trend";
import { listWork } from "@/lib/projection/list-work";
import { readMarkers } from "@/lib/series/read-markers";
import { listSeries } from "@/lib/series/read-series";
import { listEnvironments } from "@/lib/services/list-environments";
import { listServices } from "@/lib/services/list-services";
import { listTeams } from "@/lib/services/list-teams";
import { addSource } from "@/lib/settings/add-source";
import { changeMember } from "@/lib/settings/change-member";
import { changeSource } from "@/lib/settings/change-source";
import { listEngines } from "@/lib/settings/list-engines";
import { listObjectives } from "@/lib/settings/list-objectives";
import { listServiceRules } from "@/lib/settings/list-service-rules";
import { listSources } from "@/lib/settings/list-sources";
import { makeToken } from "@/lib/settings/make-token";
import { previewMapping } from "@/lib/settings/preview-mapping";
import { previewRule } from "@/lib/settings/preview-rule";
import { removeEngine } from "@/lib/settings/remove-engine";
import { removeServiceRule } from "@/lib/settings/remove-service-rule";
import { removeSource } from "@/lib/settings/remove-source";
import { removeTeam } from "@/lib/settings/remove-team";
import { previewSourceReplay, readSourceReplay, replaySource } from "@/lib/settings/replay-source";
import { revokeToken } from "@/lib/settings/revoke-token";
import { finishSourceRotation, rotateSource } from "@/lib/settings/rotate-source";
import { rotateToken } from "@/lib/settings/rotate-token";
import { saveEngine } from "@/lib/settings/save-engine";
import { removeObjective, saveObjective } from "@/lib/settings/save-objective";
import { saveServiceRule } from "@/lib/settings/save-service-rule";
import { saveTeam } from "@/lib/settings/save-team";
import { readSourceMapping, saveSourceMapping } from "@/lib/settings/source-mapping";
import { testSource } from "@/lib/settings/test-source";
import { listMainBranches } from "@/lib/slo/list-main-branches";
import { listSloEvents } from "@/lib/slo/list-slo-events";
import { readBurnDown } from "@/lib/slo/read-burn-down";
import { readSlos } from "@/lib/slo/read-slos";
import { readSourceHealth } from "@/lib/source-health/read-source-health";

type Verb = (context: Context) => Promise<unknown>;

const atlasObjective = "build_duration:service:atlas";
const objective = { thresholdSeconds: 60, target: 0.9, windowDays: 28 };
const rule = { repository: "acme/atlas", team: "alpha", dependsOn: [], paths: [], deployments: [] };

/**
 * The verb of each operation that changes something and asks for more than to be
 * somebody, called as a page or a script would: past the route that guards it.
 */
export function verbsOf({ ids, person }: World): Record<string, Verb> {
  return {
    setCorrection: (context) =>
      setCorrection(context, ids.deployment, { kind: null, failed: null, note: "as it was" }),
    setDeploymentSeparation: (context) =>
      setDeploymentSeparation(context, ids.deployment, {
        member: ids.deployment,
        apart: false,
        note: null,
      }),
    setCause: (context) =>
      setCause(context, ids.incident, { verdict: null, changes: [], rejected: [], note: null }),
    setIncidentSeparation: (context) =>
      setIncidentSeparation(context, ids.incident, {
        member: ids.incident,
        apart: false,
        note: null,
      }),
    replayDelivery: (context) => replayDelivery(context, ids.delivery),
    addSource: (context) => addSource(context, { name: "new", provider: "github" }),
    changeSource: (context) => changeSource(context, "atlas-hook", {}),
    rotateSource: (context) => rotateSource(context, "atlas-hook", {}),
    finishSourceRotation: (context) => finishSourceRotation(context, "atlas-hook"),
    testSource: (context) => testSource(context, "atlas-hook"),
    replaySource: (context) => replaySource(context, "atlas-hook"),
    previewSourceReplay: (context) =>
      previewSourceReplay(context, "atlas-hook", { deliveries: 1, limit: 1 }),
    saveSourceMapping: (context) => saveSourceMapping(context, "atlas-hook", { mapping: [] }),
    previewMapping: (context) =>
      previewMapping(context, "atlas-hook", { mapping: [], delivery: "1" }),
    removeSource: (context) => removeSource(context, "atlas-hook"),
    startBackfill: (context) => startBackfill(context, { repository: "acme/atlas" }),
    changeBackfill: (context) => changeBackfill(context, "nothing", { state: "paused" }),
    makeToken: (context) =>
      makeToken(context, { name: "new", scopes: ["read"], reach: null, expiresAt: null }),
    rotateToken: (context) => rotateToken(context, "atlasToken", { hours: 0 }),
    revokeToken: (context) => revokeToken(context, "atlasToken"),
    saveTeam: (context) => saveTeam(context, "gamma", { timezone: "UTC" }),
    removeTeam: (context) => removeTeam(context, "gamma"),
    previewServiceRule: (context) => previewRule(context, { name: "atlas", ...rule }),
    saveServiceRule: (context) => saveServiceRule(context, "atlas", rule),
    removeServiceRule: (context) => removeServiceRule(context, "atlas"),
    addGoal: (context) =>
      addGoal(context, { team: "alpha", metric: "lead_time", target: 1, by: "2027-03-31" }),
    changeGoal: (context) =>
      changeGoal(context, "file:alpha:lead_time", { target: 1, by: "2027-03-31" }),
    removeGoal: (context) => removeGoal(context, "file:alpha:lead_time"),
    saveEngine: (context) => saveEngine(context, "new", { url: "http://127.0.0.1:1/" }),
    checkEngine: (context) => checkEngine(context, outside.engine),
    removeEngine: (context) => removeEngine(context, outside.engine),
    saveObjective: (context) => saveObjective(context, atlasObjective, objective),
    removeObjective: (context) => removeObjective(context, atlasObjective),
    changePerson: (context) => changePerson(context, person, { role: "admin" }),
    removePerson: (context) => removePerson(context, person),
    endSessionsOf: (context) => endSessionsOf(context, person),
    makePasswordLink: (context) => makePasswordLink(context, person, "http://127.0.0.1"),
    changeMember: (context) => changeMember(context, { team: "alpha", person, role: "admin" }),
    invite: (context) =>
      invite(context, { note: "", role: "admin", teams: {} }, "http://127.0.0.1"),
    withdrawInvitation: (context) => withdrawInvitation(context, "nobody"),
  };
}

const window = { from: new Date("2026-11-01"), to: new Date("2026-11-10") };
const all = { services: [], teams: [], environments: [] };
const runs = {
  ...window,
  bucket: "day",
  timezone: "UTC",
  weekStart: "monday",
  compare: false,
  scope: { repositories: [], teams: [], branches: [], names: [] },
} as const;

/** The verbs of what is read, called alike; none answers somebody whom nobody let in. */
export function readingVerbsOf({ ids }: World): Record<string, Verb> {
  return {
    listDeployments: (context) => listDeployments(context, { limit: 1 }),
    listChanges: (context) => listChanges(context, { limit: 1 }),
    readDeployment: (context) => readDeployment(context, ids.deployment),
    listIncidents: (context) => listIncidents(context, { limit: 1 }),
    readIncident: (context) => readIncident(context, ids.incident),
    readSuspects: (context) => readSuspects(context, ids.incident, null),
    listBuilds: (context) => listBuilds(context, { limit: 1 }),
    listReleases: (context) => listReleases(context, { limit: 1 }),
    listAlerts: (context) => listAlerts(context, { limit: 1 }),
    listTestRuns: (context) => listTestRuns(context, { limit: 1 }),
    readJourney: (context) => readJourney(context, ids.revision),
    listServices: (context) => listServices(context, {}),
    listTeams: (context) => listTeams(context, {}),
    listWork,
    listEnvironments: (context) => listEnvironments(context, {}),
    readMetrics: (context) =>
      readMetrics(context, { ...window, bucket: "day", timezone: "UTC", scope: all }),
    readRemedies: (context) =>
      readRemedies(context, { ...window, timezone: "UTC", by: "team", scope: all }),
    listFailures: (context) => listFailures(context, { ...window, scope: all, limit: 1 }),
    readBatches: (context) => readBatches(context, { ...window, scope: all }),
    readLevels,
    readBuildsTrend: (context) => readBuildsTrend(context, runs),
    readTestsTrend: (context) => readTestsTrend(context, runs),
    readTestCases: (context) => readTestCases(context, runs),
    readSlos: (context) => readSlos(context, {}),
    readBurnDown: (context) => readBurnDown(context, atlasObjective),
    listSloEvents: (context) => listSloEvents(context, atlasObjective, { limit: 1 }),
    listMainBranches: (context) => listMainBranches(context, {}),
    listObjectives: (context) => listObjectives(context),
    readMarkers: (context) => readMarkers(context, { ...window, ...all, dependencies: false }),
    readSeries: (context) => listSeries(context, { service: "atlas", environments: [] }),
    listDeliveries: (context) => listDeliveries(context, { limit: 1 }),
    readDelivery: (context) => readDelivery(context, ids.delivery),
    listGoals: (context) => listGoals(context, {}),
    listServiceRules: (context) => listServiceRules(context, {}),
    listEngines: (context) => listEngines(context, {}),
    listPeople: (context) => listPeople(context, { limit: 1 }),
    listSources: (context) => listSources(context, {}),
    readSourceHealth: (context) => readSourceHealth(context, "atlas-hook"),
    readSourceMapping: (context) => readSourceMapping(context, "atlas-mapped"),
    readSourceReplay: (context) => readSourceReplay(context, "atlas-hook"),
    listBackfills: (context) => listBackfills(context, { limit: 1 }),
    listInvitations: (context) => listInvitations(context, { limit: 1 }),
    listAudit: (context) => listAudit(context, { limit: 1 }),
  };
}
