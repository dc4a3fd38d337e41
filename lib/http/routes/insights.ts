import { z } from "zod";
import { listOf } from "@/lib/http/answers";
import { limitField, manyOf, namesField, timeField, timezoneField } from "@/lib/http/fields";
import {
  batchesAnswer,
  failureAnswer,
  levelsAnswer,
  remediesAnswer,
  remedyGroups,
} from "@/lib/http/insight-answers";
import { route } from "@/lib/http/route";
import { listFailures } from "@/lib/insights/list-failures";
import { readBatches } from "@/lib/insights/read-batches";
import { readLevels } from "@/lib/insights/read-levels";
import { readRemedies } from "@/lib/insights/read-remedies";

const defaultWindowDays = 90;

const scopeFields = {
  from: timeField.optional(),
  to: timeField.optional(),
  service: namesField.default([]),
  team: namesField.default([]),
  environment: namesField.default([]),
};

interface AskedScope {
  from?: Date;
  to?: Date;
  service: string[];
  team: string[];
  environment: string[];
}

function questionOf({ from, to, service, team, environment }: AskedScope, now: Date) {
  const end = to ?? now;
  return {
    from: from ?? new Date(end.getTime() - defaultWindowDays * 86_400_000),
    to: end,
    scope: { services: service, teams: team, environments: environment },
  };
}

export const readRemediesRoute = route({
  operation: "readRemedies",
  method: "GET",
  path: "/api/v1/insights/remedies",
  summary: "How failures ended: remedies held and tried, per team, service or month",
  access: "read",
  side: "next",
  query: z.strictObject({
    ...scopeFields,
    timezone: timezoneField.default("UTC"),
    by: z.enum(remedyGroups).default("month"),
  }),
  answer: remediesAnswer,
  run: (context, { query }) =>
    readRemedies(context, {
      ...questionOf(query, context.clock.now()),
      timezone: query.timezone,
      by: query.by,
    }),
});

export const listFailuresRoute = route({
  operation: "listFailures",
  method: "GET",
  path: "/api/v1/insights/failures",
  summary: "Failures, newest first, each with its remedies in the order they were tried",
  access: "read",
  side: "next",
  query: z.strictObject({
    ...scopeFields,
    heldBy: manyOf(["rollback", "revert", "fix_forward", "flag_off", "none", "open"]).optional(),
    cursor: z.string().optional(),
    limit: limitField,
  }),
  answer: listOf(failureAnswer),
  run: (context, { query }) =>
    listFailures(context, {
      ...questionOf(query, context.clock.now()),
      heldBy: query.heldBy,
      cursor: query.cursor,
      limit: query.limit,
    }),
});

export const readBatchesRoute = route({
  operation: "readBatches",
  method: "GET",
  path: "/api/v1/insights/batches",
  summary: "Batch size and branch age against the change fail rate",
  access: "read",
  side: "next",
  query: z.strictObject(scopeFields),
  answer: batchesAnswer,
  run: (context, { query }) => readBatches(context, questionOf(query, context.clock.now())),
});

export const readLevelsRoute = route({
  operation: "readLevels",
  method: "GET",
  path: "/api/v1/levels",
  summary: "DORA's levels as published, by the year of the report, with their sources",
  access: "read",
  side: "next",
  query: z.strictObject({}),
  answer: levelsAnswer,
  run: (context) => readLevels(context),
});
