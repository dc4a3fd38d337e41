import { z } from "zod";
import { listOf } from "@/lib/http/answers";
import { namesField, optionalLimitField } from "@/lib/http/fields";
import { route } from "@/lib/http/route";
import { environmentAnswer, serviceAnswer } from "@/lib/http/service-answers";
import { listEnvironments } from "@/lib/services/list-environments";
import { listServices } from "@/lib/services/list-services";
import { listTeams, teamAnswer } from "@/lib/services/list-teams";

export const listServicesRoute = route({
  operation: "listServices",
  method: "GET",
  path: "/api/v1/services",
  summary: "Services with what they depend on and their last deployment",
  access: "read",
  side: "next",
  query: z.strictObject({
    team: namesField.optional(),
    name: z.string().optional(),
    cursor: z.string().optional(),
    limit: optionalLimitField,
  }),
  answer: listOf(serviceAnswer),
  run: (context, { query }) => listServices(context, query),
});

export const listTeamsRoute = route({
  operation: "listTeams",
  method: "GET",
  path: "/api/v1/teams",
  summary: "Teams with their services",
  access: "read",
  side: "next",
  query: z.strictObject({ cursor: z.string().optional(), limit: optionalLimitField }),
  answer: listOf(teamAnswer),
  run: (context, { query }) => listTeams(context, query),
});

export const listEnvironmentsRoute = route({
  operation: "listEnvironments",
  method: "GET",
  path: "/api/v1/environments",
  summary: "What runs where, and how far behind",
  access: "read",
  side: "next",
  query: z.strictObject({
    service: namesField.optional(),
    environment: namesField.optional(),
    team: namesField.optional(),
  }),
  answer: listOf(environmentAnswer),
  run: (context, { query }) => listEnvironments(context, query),
});
