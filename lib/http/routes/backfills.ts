import { z } from "zod";
import { backfillAnswer } from "@/lib/backfill/backfill-answer";
import { backfillChangeBody, changeBackfill } from "@/lib/backfill/change-backfill";
import { listBackfills } from "@/lib/backfill/list-backfills";
import { backfillBody, startBackfill } from "@/lib/backfill/start-backfill";
import { listOf } from "@/lib/http/answers";
import { limitField } from "@/lib/http/fields";
import { route } from "@/lib/http/route";

export const listBackfillsRoute = route({
  operation: "listBackfills",
  method: "GET",
  path: "/api/v1/backfills",
  summary: "Histories that are fetched from an API, and how far each is",
  access: "admin",
  side: "next",
  query: z.strictObject({ cursor: z.string().optional(), limit: limitField }),
  answer: listOf(backfillAnswer),
  run: (context, { query }) => listBackfills(context, query),
});

export const startBackfillRoute = route({
  operation: "startBackfill",
  method: "POST",
  path: "/api/v1/backfills",
  summary: "Begins to fetch a repository's history",
  access: "admin",
  side: "next",
  body: backfillBody,
  answer: backfillAnswer,
  status: 201,
  run: (context, { body }) => startBackfill(context, body),
});

export const changeBackfillRoute = route({
  operation: "changeBackfill",
  method: "PUT",
  path: "/api/v1/backfills/{id}",
  summary: "Pauses a backfill, goes on with it or stops it",
  access: "admin",
  side: "next",
  parameters: z.object({ id: z.string() }),
  body: backfillChangeBody,
  answer: backfillAnswer,
  run: (context, { parameters: { id }, body }) => changeBackfill(context, id, body),
});
