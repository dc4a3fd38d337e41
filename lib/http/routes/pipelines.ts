import { z } from "zod";
import {
  bucketField,
  exactNamesField,
  namesField,
  timeField,
  timezoneField,
} from "@/lib/http/fields";
import { buildsTrendAnswer, testCasesAnswer, testsTrendAnswer } from "@/lib/http/pipeline-answers";
import { route } from "@/lib/http/route";
import { readBuildsTrend } from "@/lib/pipelines/read-builds-trend";
import { readTestCases } from "@/lib/pipelines/read-test-cases";
import { readTestsTrend } from "@/lib/pipelines/read-tests-trend";
import { scopeOf } from "@/lib/pipelines/scope";

const defaultWindowDays = 28;

const scoped = {
  from: timeField.optional(),
  to: timeField.optional(),
  repository: namesField.default([]),
  team: namesField.default([]),
  branch: namesField.default([]),
  name: exactNamesField.default([]),
};

const trendQuery = z.strictObject({
  ...scoped,
  bucket: bucketField.default("week"),
  timezone: timezoneField.default("UTC"),
  compare: z.literal("previous").optional(),
});

export const readBuildsTrendRoute = route({
  operation: "readBuildsTrend",
  method: "GET",
  path: "/api/v1/pipelines/builds",
  summary: "Builds over time: counts, success, durations, the slowest stages, each pipeline",
  access: "read",
  side: "next",
  query: trendQuery,
  answer: buildsTrendAnswer,
  run: (context, { query }) => readBuildsTrend(context, question(query, context.clock.now())),
});

export const readTestsTrendRoute = route({
  operation: "readTestsTrend",
  method: "GET",
  path: "/api/v1/pipelines/tests",
  summary: "Runs of tests over time: counts, flakiness, durations, coverage, each suite",
  access: "read",
  side: "next",
  query: trendQuery,
  answer: testsTrendAnswer,
  run: (context, { query }) => readTestsTrend(context, question(query, context.clock.now())),
});

export const readTestCasesRoute = route({
  operation: "readTestCases",
  method: "GET",
  path: "/api/v1/pipelines/test-cases",
  summary: "Which tests fail most, and which take longest",
  access: "read",
  side: "next",
  query: z.strictObject(scoped),
  answer: testCasesAnswer,
  run: (context, { query }) =>
    readTestCases(
      context,
      question({ ...query, bucket: "month", timezone: "UTC" }, context.clock.now()),
    ),
});

function question(query: z.infer<typeof trendQuery>, now: Date) {
  const to = query.to ?? now;
  return {
    from: query.from ?? new Date(to.getTime() - defaultWindowDays * 86_400_000),
    to,
    bucket: query.bucket,
    timezone: query.timezone,
    compare: query.compare === "previous",
    scope: scopeOf(query),
  };
}
