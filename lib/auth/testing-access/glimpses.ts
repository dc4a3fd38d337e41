import type { Sample } from "@/lib/auth/testing-access/samples";
import { outside } from "@/lib/auth/testing-access/tellings";
import type { World } from "@/lib/auth/testing-access/world";

/** One question whose answer to a narrower token must hold what is its own, and nothing else. */
export interface Glimpse extends Pick<Sample, "parameters" | "query"> {
  /** What of atlas a token of it or its team is shown; null: that it is not there. */
  shows: string | null;
  /** What a token of its source is shown. */
  showsSource: string | null;
  /** What the same question shows of the rest to whoever reaches all: the canary unless said. */
  wide?: string | null;
  /** The same asked about what lies outside. */
  elsewhere?: Pick<Sample, "parameters" | "query">[];
}

const window = "from=2026-11-01T00:00:00Z&to=2026-11-10T00:00:00Z";
const objectivesElsewhere = [
  "build_duration",
  `build_duration:service:${outside.service}`,
  `build_duration:team:${outside.team}`,
  `build_duration:repository:${outside.repository}`,
].map((id) => ({ parameters: { id } }));
const nothing = '"items":[]';

/** For every route that reads, by its operation and, after a blank, which question it is. */
export function glimpsesOf({ ids, outsideIds }: World): Record<string, Glimpse> {
  const placed = (...names: ("service" | "team" | "environment" | "repository")[]) =>
    names.map((name) => ({ query: `${name}=${encodeURIComponent(outside[name])}` }));
  const places = placed("service", "team", "environment");
  const list = (shows: string, elsewhere: Glimpse["elsewhere"]): Glimpse => ({
    shows,
    showsSource: nothing,
    elsewhere,
  });
  const one = (thing: "deployment" | "incident", shows: string): Glimpse => ({
    parameters: { id: ids[thing] },
    shows,
    showsSource: null,
    elsewhere: [{ parameters: { id: outsideIds[thing] } }],
  });
  return {
    listDeployments: list('"service":"atlas"', places),
    "listDeployments as CSV": {
      ...list("atlas,alpha", []),
      query: "format=csv",
      showsSource: "id",
    },
    readDeployment: one("deployment", '"service":"atlas"'),
    listIncidents: list("atlas is down", places),
    readIncident: one("incident", "atlas is down"),
    readSuspects: one("incident", '"service":"atlas"'),
    listBuilds: list("atlas ci", placed("repository", "team")),
    readBuildsTrend: {
      query: window,
      shows: '"name":"atlas ci"',
      showsSource: '"pipelines":[]',
      elsewhere: placed("repository", "team"),
    },
    readTestsTrend: {
      query: window,
      shows: '"name":"atlas unit"',
      showsSource: '"suites":[]',
      elsewhere: placed("repository", "team"),
    },
    readTestCases: {
      query: window,
      shows: '"runs":1,',
      showsSource: '"runs":0,',
      wide: '"runs":2,',
      elsewhere: placed("repository", "team"),
    },
    listChanges: list('"service":"atlas"', [...places, ...placed("repository")]),
    listTestRuns: list("atlas unit", placed("repository", "team")),
    listReleases: list("atlas-flag", places),
    listAlerts: list("atlas errors", places),
    readJourney: {
      parameters: { sha: ids.revision },
      shows: "Change 2 of atlas",
      showsSource: null,
      wide: null,
      elsewhere: [
        { parameters: { sha: outsideIds.revision } },
        { parameters: { sha: ids.revision }, ...placed("repository")[0] },
      ],
    },
    listServices: list('"name":"atlas"', [{ query: `name=${outside.service}` }, ...placed("team")]),
    listTeams: list('"name":"alpha"', []),
    listWork: { ...list(nothing, []), wide: nothing },
    listGoals: list('"team":"alpha"', placed("team")),
    listServiceRules: list('"name":"atlas"', []),
    listEnvironments: list('"service":"atlas"', places),
    readMetrics: {
      query: window,
      shows: '{"deployments":2,',
      showsSource: null,
      wide: '{"deployments":5,',
      elsewhere: places.map(({ query }) => ({ query: `${window}&${query}` })),
    },
    "readMetrics of a team": {
      query: `${window}&team=alpha&bucket=day`,
      shows: '{"deployments":2,',
      showsSource: null,
      wide: null,
    },
    "readMetrics by DevLake's rules": {
      query: `${window}&definition=devlake`,
      shows: '"definition":"devlake"',
      showsSource: null,
      wide: '"deployments":5,',
    },
    "listDeployments by DevLake's rules": {
      query: "definition=devlake",
      shows: '"service":"atlas"',
      showsSource: null,
    },
    "readDeployment by DevLake's rules": {
      parameters: { id: ids.deployment },
      query: "definition=devlake",
      shows: '"service":"atlas"',
      showsSource: null,
      wide: null,
    },
    "listIncidents by DevLake's rules": {
      query: "definition=devlake",
      shows: "atlas is down",
      showsSource: null,
    },
    "listIncidents of a recovery by DevLake's rules": {
      query: "definition=devlake&figure=open",
      shows: "atlas is down",
      showsSource: null,
    },
    "readIncident by DevLake's rules": {
      parameters: { id: ids.incident },
      query: "definition=devlake",
      shows: "atlas is down",
      showsSource: null,
      wide: null,
    },
    readRemedies: {
      query: `${window}&by=service`,
      shows: '"items":[',
      showsSource: null,
      elsewhere: places.map(({ query }) => ({ query: `${window}&${query}` })),
    },
    listFailures: {
      query: window,
      shows: '"items":[',
      showsSource: null,
      elsewhere: places.map(({ query }) => ({ query: `${window}&${query}` })),
    },
    readBatches: {
      query: window,
      shows: '"deployments":2,',
      showsSource: null,
      wide: '"deployments":5,',
      elsewhere: places.map(({ query }) => ({ query: `${window}&${query}` })),
    },
    readLevels: { shows: '"year":2024', showsSource: '"year":2024', wide: null },
    readSlos: {
      ...list('"indicator":"build_duration"', placed("service", "team", "repository")),
      query: "",
    },
    "readSlos of a service": {
      query: "service=atlas",
      shows: '"scope":{"service":"atlas"}',
      showsSource: null,
      wide: null,
    },
    readBurnDown: {
      parameters: { id: "build_duration:service:atlas" },
      shows: '"points":[{',
      showsSource: null,
      wide: null,
      elsewhere: objectivesElsewhere,
    },
    listSloEvents: {
      parameters: { id: "build_duration:service:atlas" },
      shows: "atlas ci",
      showsSource: null,
      wide: null,
      elsewhere: objectivesElsewhere,
    },
    listMainBranches: list('"repository":"acme/atlas"', placed("repository")),
    listObjectives: {
      shows: '"id":"build_duration"',
      showsSource: '"id":"build_duration"',
    },
    readMarkers: {
      ...list(
        "atlas is down",
        placed("service", "environment").map(({ query }) => ({
          query: `${window}&${query}`,
        })),
      ),
      query: window,
    },
    "readMarkers with dependencies": {
      query: `${window}&service=atlas&dependencies=true`,
      shows: "atlas is down",
      showsSource: null,
    },
    readSeries: {
      query: "service=atlas",
      shows: "atlas.gauge",
      showsSource: null,
      wide: null,
      elsewhere: [
        { query: `service=${outside.service}` },
        { query: `service=${outside.service}&metric=x` },
        { query: `service=atlas&environment=${outside.environment}` },
      ],
    },
    listDeliveries: {
      shows: nothing,
      showsSource: '"source":"atlas-hook"',
      elsewhere: [{ query: `source=${outside.source}` }, { query: "source=pipeline" }],
    },
    readDelivery: {
      parameters: { id: ids.delivery },
      shows: null,
      showsSource: "atlas ping",
      wide: null,
      elsewhere: [{ parameters: { id: outsideIds.delivery } }],
    },
    listPeople: list(nothing, []),
    listEngines: list(nothing, []),
    readMe: { shows: '"kind":"token"', showsSource: '"kind":"token"', wide: null },
    exposeMetrics: { shows: 'service="atlas"', showsSource: "# EOF" },
  };
}
