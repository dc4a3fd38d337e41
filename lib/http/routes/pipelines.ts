import { z } from "zod";
import {
  bucketField,
  exactNamesField,
  namesField,
  timeField,
  timezoneField,
  weekStartField,
} from "@/lib/http/fields";
import { buildsTrendAnswer, testCasesAnswer, testsTrendAnswer } from "@/lib/http/pipeline-answers";
import { route } from "@/lib/http/route";
import { readBuildsTrend } from "@/lib/pipelines/read-builds-trend";
import { readTestCases } from "@/lib/pipelines/read-test-cases";
import { readTestsTrend } from "@/lib/pipelines/read-tests-trend";
import { scopeOf } from "@/lib/pipelines/scope";

const defaultWindowDays = 28;

const scopedQuery = z.strictObject({
  from: timeField.optional(),
  to: timeField.optional(),
  repository: namesField.default([]),
  team: namesField.default([]),
  branch: namesField.default([]),
  name: exactNamesField.default([]),
});

const trendQuery = scopedQuery.extend({
  bucket: bucketField.default("week"),
  timezone: timezoneField.default("UTC"),
  weekStart: weekStartField,
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
  query: scopedQuery,
  answer: testCasesAnswer,
  run: (context, { query }) => readTestCases(context, asked(query, context.clock.now())),
});

function question(query: z.infer<typeof trendQuery>, now: Date) {
  const { bucket, timezone, weekStart, compare } = query;
  return { ...asked(query, now), bucket, timezone, weekStart, compare: compare === "previous" };
}

function asked(query: z.infer<typeof scopedQuery>, now: Date) {
  const to = query.to ?? now;
  return {
    from: query.from ?? new Date(to.getTime() - defaultWindowDays * 86_400_000),
    to,
    scope: scopeOf(query),
  };
}
