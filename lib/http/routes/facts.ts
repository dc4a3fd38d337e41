import { z } from "zod";
import { listChanges } from "@/lib/deployments/list-changes";
import { alertAnswer, listAlerts } from "@/lib/facts/list-alerts";
import { listBuilds } from "@/lib/facts/list-builds";
import { listReleases } from "@/lib/facts/list-releases";
import { listTestRuns, testRunAnswer } from "@/lib/facts/list-test-runs";
import { readJourney } from "@/lib/facts/read-journey";
import { attemptStatuses, releaseSubjects } from "@/lib/facts/types";
import { listOf } from "@/lib/http/answers";
import { buildAnswer, changeAnswer, journeyAnswer, releaseAnswer } from "@/lib/http/fact-answers";
import {
  booleanField,
  definitionField,
  exactNamesField,
  limitField,
  manyOf,
  namesField,
  timeField,
} from "@/lib/http/fields";
import { route } from "@/lib/http/route";
import { listDevlakePullRequests } from "@/lib/metrics/devlake/list-pull-requests";
import { changeFigures, releaseFigures } from "@/lib/metrics/rows-behind";

const window = { from: timeField.optional(), to: timeField.optional() };
const paging = { cursor: z.string().optional(), limit: limitField };
const placement = {
  service: namesField.optional(),
  environment: namesField.optional(),
  team: namesField.optional(),
};

const pipelineScope = {
  repository: namesField.optional(),
  team: namesField.optional(),
  branch: namesField.optional(),
  name: exactNamesField.optional(),
  counted: booleanField.optional(),
  flaky: booleanField.optional(),
};

export const listBuildsRoute = route({
  operation: "listBuilds",
  method: "GET",
  path: "/api/v1/builds",
  summary: "Builds, newest first",
  access: "read",
  side: "next",
  query: z.strictObject({
    ...pipelineScope,
    status: manyOf(attemptStatuses).optional(),
    revision: z.string().optional(),
    stage: exactNamesField.optional(),
    failedIn: exactNamesField.optional(),
    ...window,
    ...paging,
  }),
  answer: listOf(buildAnswer),
  run: (context, { query }) => listBuilds(context, query),
});

export const listReleasesRoute = route({
  operation: "listReleases",
  method: "GET",
  path: "/api/v1/releases",
  summary: "Releases (flags, tags, configuration and the like), newest first",
  access: "read",
  side: "next",
  query: z.strictObject({
    ...placement,
    tier: namesField.optional(),
    subject: manyOf(releaseSubjects).optional(),
    figure: z.enum(releaseFigures).optional(),
    ...window,
    ...paging,
  }),
  answer: listOf(releaseAnswer),
  run: (context, { query }) => listReleases(context, query),
});

export const listAlertsRoute = route({
  operation: "listAlerts",
  method: "GET",
  path: "/api/v1/alerts",
  summary: "Alerts by their start, newest first",
  access: "read",
  side: "next",
  query: z.strictObject({ ...placement, firing: booleanField.optional(), ...window, ...paging }),
  answer: listOf(alertAnswer),
  run: (context, { query }) => listAlerts(context, query),
});

export const listTestRunsRoute = route({
  operation: "listTestRuns",
  method: "GET",
  path: "/api/v1/test-runs",
  summary: "Test runs, newest first",
  access: "read",
  side: "next",
  query: z.strictObject({
    ...pipelineScope,
    status: manyOf(attemptStatuses).optional(),
    ...window,
    ...paging,
  }),
  answer: listOf(testRunAnswer),
  run: (context, { query }) => listTestRuns(context, query),
});

export const listChangesRoute = route({
  operation: "listChanges",
  method: "GET",
  path: "/api/v1/changes",
  summary: "Changes as deployments shipped them, with lead time and stages, newest first",
  access: "read",
  side: "next",
  query: z.strictObject({
    ...placement,
    tier: namesField.optional(),
    repository: namesField.optional(),
    figure: z.enum(changeFigures).optional(),
    definition: definitionField,
    ...window,
    ...paging,
  }),
  answer: listOf(changeAnswer),
  run: (context, { query: { definition, ...query } }) =>
    definition === "devlake"
      ? listDevlakePullRequests(context, query)
      : listChanges(context, query),
});

export const readJourneyRoute = route({
  operation: "readJourney",
  method: "GET",
  path: "/api/v1/changes/{sha}",
  summary: "The journey of one commit through builds and environments",
  access: "read",
  side: "next",
  parameters: z.object({ sha: z.string().min(7, "at least 7 digits of a revision").max(200) }),
  query: z.strictObject({ repository: z.string().optional() }),
  answer: journeyAnswer,
  run: (context, { parameters, query }) => readJourney(context, parameters.sha, query.repository),
});
