import { accountSamples } from "@/lib/auth/testing-access/account-samples";
import type { AccessClass } from "@/lib/auth/testing-access/classes";
import { settingsSamples } from "@/lib/auth/testing-access/settings-samples";
import { toolSamples } from "@/lib/auth/testing-access/tool-samples";
import type { World } from "@/lib/auth/testing-access/world";

/** One question to a route that whoever may ask it gets an answer to. */
export interface Sample {
  access: AccessClass;
  parameters?: Record<string, string>;
  /** Without its question mark. */
  query?: string;
  body?: unknown;
  /** JSON unless said. */
  contentType?: string;
  /** What answers those let in where that is no success: a file's settings are read-only, say. */
  answers?: number;
}

/**
 * One sample for each operation of the manifest, by hand: a route that has none, or
 * one without a route, fails the test by name. They change nothing that another
 * needs: what they take away is not there, and what they set stays as it was.
 */
export function samplesOf(world: World): Record<string, Sample> {
  return { ...factSamples(world), ...settingsSamples(), ...accountSamples(world) };
}

const window = "from=2026-11-01T00:00:00Z&to=2026-11-10T00:00:00Z";

function factSamples({ ids }: World): Record<string, Sample> {
  const deployment = { id: ids.deployment };
  const incident = { id: ids.incident };
  const delivery = { id: ids.delivery };
  const objective = { id: "build_duration:service:atlas" };
  return {
    listDeployments: { access: "list" },
    readDeployment: { access: "one", parameters: deployment },
    setCorrection: {
      access: "judge",
      parameters: deployment,
      body: { kind: null, failed: null, note: "as it was" },
    },
    setDeploymentSeparation: {
      access: "judge",
      parameters: deployment,
      body: { member: ids.deployment, apart: false },
    },
    listIncidents: { access: "list" },
    readIncident: { access: "one", parameters: incident },
    readSuspects: { access: "one", parameters: incident },
    setCause: {
      access: "judge",
      parameters: incident,
      body: { verdict: "confirmed", changes: [{ kind: "deployment", id: ids.deployment }] },
    },
    setIncidentSeparation: {
      access: "judge",
      parameters: incident,
      body: { member: ids.incident, apart: false },
    },
    listBuilds: { access: "list" },
    listChanges: { access: "list" },
    listReleases: { access: "list" },
    listAlerts: { access: "list" },
    listTestRuns: { access: "list" },
    readJourney: { access: "one", parameters: { sha: ids.revision } },
    listServices: { access: "list" },
    listTeams: { access: "list" },
    listWork: { access: "list" },
    listEnvironments: { access: "list" },
    readMetrics: { access: "one", query: `${window}&service=atlas` },
    readRemedies: { access: "one", query: `${window}&service=atlas` },
    listFailures: { access: "one", query: `${window}&service=atlas` },
    readBatches: { access: "one", query: `${window}&service=atlas` },
    readLevels: { access: "list" },
    readBuildsTrend: { access: "list", query: window },
    readTestsTrend: { access: "list", query: window },
    readTestCases: { access: "list", query: window },
    readSlos: { access: "one", query: "service=atlas" },
    readBurnDown: { access: "one", parameters: objective },
    listSloEvents: { access: "one", parameters: objective },
    listMainBranches: { access: "list" },
    readMarkers: { access: "one", query: `${window}&service=atlas&dependencies=true` },
    readSeries: { access: "one", query: "service=atlas" },
    receiveWebhook: { access: "source", parameters: { source: "atlas-hook" }, body: {} },
    receiveWebhookWithKey: {
      access: "source",
      parameters: { source: "atlas-path", key: "guessed" },
      body: {},
    },
    receiveEvents: {
      access: "ingest",
      body: {
        type: "release",
        id: "sent",
        service: "atlas",
        environment: "production",
        at: "2026-11-02T11:00:00Z",
      },
    },
    receiveTestRun: {
      access: "ingest",
      query: "repository=acme/atlas&revision=0123456",
      body: '<testsuite name="unit" tests="1"><testcase name="adds"/></testsuite>',
      contentType: "application/xml",
    },
    ...toolSamples,
    receiveOtlpMetrics: { access: "metrics", body: { resourceMetrics: [] } },
    listDeliveries: { access: "list" },
    readDelivery: { access: "inbox", parameters: delivery },
    replayDelivery: { access: "replay", parameters: delivery, answers: 409 },
    followLive: { access: "list" },
    exposeMetrics: { access: "list" },
    readHealth: { access: "open" },
    readReadiness: { access: "open" },
    readOpenApi: { access: "open" },
  };
}
