import { z } from "zod";
import { separationBody } from "@/lib/facts/separation-body";
import { incidentAnswer, listOf, suspectsAnswer } from "@/lib/http/answers";
import {
  booleanField,
  definitionField,
  limitField,
  namesField,
  timeField,
} from "@/lib/http/fields";
import { Problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";
import { listIncidents, readIncident } from "@/lib/incidents/list-incidents";
import { causeBody, setCause } from "@/lib/incidents/set-cause";
import { setIncidentSeparation } from "@/lib/incidents/set-separation";
import { readSuspects } from "@/lib/matching/read-suspects";
import {
  listDevlakeIncidents,
  readDevlakeIncident,
  recoveryFigures,
} from "@/lib/metrics/devlake/read-by-links";

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
    definition: definitionField,
    /** By DevLake's rules alone. */
    figure: z.enum(recoveryFigures).optional(),
    cursor: z.string().optional(),
    limit: limitField,
  }),
  answer: listOf(incidentAnswer),
  run: (context, { query: { definition, figure, ...query } }) => {
    if (definition === "devlake") return listDevlakeIncidents(context, { ...query, figure });
    if (figure) throw ofDevlakeAlone();
    return listIncidents(context, query);
  },
});

function ofDevlakeAlone(): Problem {
  return new Problem("invalid_field", "Behind our own recovery stand deployments.", {
    field: "figure",
    expected: "definition=devlake beside it, or a figure of the deployments",
  });
}

export const readIncidentRoute = route({
  operation: "readIncident",
  method: "GET",
  path: "/api/v1/incidents/{id}",
  summary: "One incident, by its own id or any member's",
  access: "read",
  side: "next",
  parameters: z.object({ id: z.string() }),
  query: z.strictObject({ definition: definitionField }),
  answer: incidentAnswer,
  run: (context, { parameters: { id }, query }) =>
    query.definition === "devlake" ? readDevlakeIncident(context, id) : readIncident(context, id),
});

export const readSuspectsRoute = route({
  operation: "readSuspects",
  method: "GET",
  path: "/api/v1/incidents/{id}/suspects",
  summary: "What may have caused an incident, likeliest first, with evidence",
  access: "read",
  side: "next",
  parameters: z.object({ id: z.string() }),
  query: z.strictObject({ at: timeField.optional() }),
  answer: suspectsAnswer,
  table: ({ suspects }) => suspects,
  run: (context, { parameters, query }) => readSuspects(context, parameters.id, query.at ?? null),
});

export const setCauseRoute = route({
  operation: "setCause",
  method: "PUT",
  path: "/api/v1/incidents/{id}/cause",
  summary: "A person's verdict on the cause; null undoes",
  access: "write",
  side: "next",
  parameters: z.object({ id: z.string() }),
  body: causeBody,
  answer: incidentAnswer,
  run: (context, { parameters, body }) => setCause(context, parameters.id, body),
});

export const setIncidentSeparationRoute = route({
  operation: "setIncidentSeparation",
  method: "PUT",
  path: "/api/v1/incidents/{id}/separation",
  summary: "A person's word that one report of an incident stands apart, or joins it again",
  access: "write",
  side: "next",
  parameters: z.object({ id: z.string() }),
  body: separationBody,
  answer: incidentAnswer,
  run: (context, { parameters, body }) => setIncidentSeparation(context, parameters.id, body),
});
