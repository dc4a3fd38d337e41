import { z } from "zod";
import { incidentAnswer, listOf } from "@/lib/http/answers";
import { booleanField, limitField, namesField, timeField } from "@/lib/http/fields";
import { route } from "@/lib/http/route";
import { listIncidents, readIncident } from "@/lib/incidents/list-incidents";

export const listIncidentsRoute = route({
  operation: "listIncidents",
  method: "GET",
  path: "/api/v1/incidents",
  summary: "Incidents, newest first",
  access: "read",
  side: "next",
  query: z.strictObject({
    service: namesField.optional(),
    environment: namesField.optional(),
    team: namesField.optional(),
    severity: namesField.optional(),
    open: booleanField.optional(),
    from: timeField.optional(),
    to: timeField.optional(),
    cursor: z.string().optional(),
    limit: limitField,
  }),
  answer: listOf(incidentAnswer),
  run: (context, { query }) => listIncidents(context, query),
});

export const readIncidentRoute = route({
  operation: "readIncident",
  method: "GET",
  path: "/api/v1/incidents/{id}",
  summary: "One incident, by its own id or any member's",
  access: "read",
  side: "next",
  parameters: z.object({ id: z.string() }),
  answer: incidentAnswer,
  run: (context, { parameters }) => readIncident(context, parameters.id),
});
