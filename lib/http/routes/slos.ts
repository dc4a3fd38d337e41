import { z } from "zod";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { listOf } from "@/lib/http/answers";
import { booleanField, limitField, manyOf, namesField, timeField } from "@/lib/http/fields";
import { onlyNew } from "@/lib/http/only-new";
import { route } from "@/lib/http/route";
import {
  burnDownAnswer,
  mainBranchAnswer,
  objectiveAnswer,
  sloAnswer,
  sloEventAnswer,
} from "@/lib/http/slo-answers";
import { listObjectives } from "@/lib/settings/list-objectives";
import { objectiveBody, removeObjective, saveObjective } from "@/lib/settings/save-objective";
import { indicators } from "@/lib/slo/indicators";
import { listMainBranches } from "@/lib/slo/list-main-branches";
import { listSloEvents } from "@/lib/slo/list-slo-events";
import { readBurnDown } from "@/lib/slo/read-burn-down";
import { readSlos } from "@/lib/slo/read-slos";

const parameters = z.object({ id: z.string().max(400) });

export const readSlosRoute = route({
  operation: "readSlos",
  method: "GET",
  path: "/api/v1/slos",
  summary:
    "How well each objective is met, what is left of its error budget, and how fast it burns",
  access: "read",
  side: "next",
  query: z.strictObject({
    service: namesField.optional(),
    team: namesField.optional(),
    repository: namesField.optional(),
    indicator: manyOf(indicators).optional(),
    burnDown: booleanField.optional(),
    /** As the objectives stood at a moment that is past. */
    at: timeField.optional(),
  }),
  answer: listOf(sloAnswer),
  run: (context, { query: { at, ...filter } }) => readSlos(asOf(context, at), filter),
});

/** The windows of what is still to come are not there yet. */
function asOf(context: Context, at: Date | undefined): Context {
  const isPast = at !== undefined && at < context.clock.now();
  return isPast ? { ...context, clock: fixedClock(at) } : context;
}

export const readBurnDownRoute = route({
  operation: "readBurnDown",
  method: "GET",
  path: "/api/v1/slos/{id}/burn-down",
  summary: "How an objective's error budget was spent over its window",
  access: "read",
  side: "next",
  parameters,
  query: z.strictObject({ at: timeField.optional() }),
  answer: burnDownAnswer,
  run: (context, { parameters: { id }, query }) => readBurnDown(asOf(context, query.at), id),
});

export const listSloEventsRoute = route({
  operation: "listSloEvents",
  method: "GET",
  path: "/api/v1/slos/{id}/events",
  summary: "The rows behind an objective; with good=false those that spent its budget",
  access: "read",
  side: "next",
  parameters,
  query: z.strictObject({
    good: booleanField.optional(),
    /** A part of the objective's window. */
    from: timeField.optional(),
    to: timeField.optional(),
    at: timeField.optional(),
    cursor: z.string().optional(),
    limit: limitField,
  }),
  answer: listOf(sloEventAnswer),
  run: (context, { parameters: { id }, query: { at, ...filter } }) =>
    listSloEvents(asOf(context, at), id, filter),
});

export const listMainBranchesRoute = route({
  operation: "listMainBranches",
  method: "GET",
  path: "/api/v1/main-branches",
  summary: "Which main branches are red, since when, and how they were mended",
  access: "read",
  side: "next",
  query: z.strictObject({
    repository: namesField.optional(),
    state: manyOf(["green", "red", "unknown"]).optional(),
  }),
  answer: listOf(mainBranchAnswer),
  run: (context, { query }) => listMainBranches(context, query),
});

export const listObjectivesRoute = route({
  operation: "listObjectives",
  method: "GET",
  path: "/api/v1/objectives",
  summary: "The objectives that were set, and the usual ones where none was",
  access: "read",
  side: "next",
  answer: listOf(objectiveAnswer),
  run: (context) => listObjectives(context),
});

export const saveObjectiveRoute = route({
  operation: "saveObjective",
  method: "PUT",
  path: "/api/v1/objectives/{id}",
  summary:
    "Sets an objective, as build_duration:team:payments, or switches it off; with If-None-Match: * only a new one",
  access: "manage",
  side: "next",
  parameters,
  body: objectiveBody,
  answer: objectiveAnswer,
  run: (context, { parameters: { id }, body, headers }) =>
    saveObjective(context, id, body, onlyNew(headers)),
});

export const removeObjectiveRoute = route({
  operation: "removeObjective",
  method: "DELETE",
  path: "/api/v1/objectives/{id}",
  summary: "Takes back what settings say; what holds in a wider scope holds again",
  access: "manage",
  side: "next",
  parameters,
  answer: z.object({ id: z.string() }),
  run: (context, { parameters: { id } }) => removeObjective(context, id),
});
