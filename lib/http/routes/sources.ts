import { z } from "zod";
import { listOf, time } from "@/lib/http/answers";
import { optionalLimitField } from "@/lib/http/fields";
import { route } from "@/lib/http/route";
import {
  providerAnswer,
  providerGuideAnswer,
  sourceAnswer,
  sourceWithSecretAnswer,
} from "@/lib/http/settings-answers";
import { sourceHealthAnswer } from "@/lib/http/source-health-answers";
import { addSource, sourceBody } from "@/lib/settings/add-source";
import { changeSource, sourceChangeBody } from "@/lib/settings/change-source";
import { findProviderGuide } from "@/lib/settings/find-provider-guide";
import { listProviders } from "@/lib/settings/list-providers";
import { listSources } from "@/lib/settings/list-sources";
import { removeSource } from "@/lib/settings/remove-source";
import {
  finishSourceRotation,
  rotateSource,
  sourceRotationBody,
} from "@/lib/settings/rotate-source";
import { testSource } from "@/lib/settings/test-source";
import { readSourceHealth } from "@/lib/source-health/read-source-health";

const parameters = z.object({ name: z.string() });

export const listProvidersRoute = route({
  operation: "listProviders",
  method: "GET",
  path: "/api/v1/providers",
  summary: "What a source may be of, and how each may prove itself",
  access: "admin",
  side: "next",
  answer: listOf(providerAnswer),
  run: () => listProviders(),
});

export const findProviderGuideRoute = route({
  operation: "findProviderGuide",
  method: "GET",
  path: "/api/v1/providers/{name}",
  summary: "What to do on a provider's side, with marks in place of a source's own texts",
  access: "admin",
  side: "next",
  parameters,
  answer: providerGuideAnswer,
  run: (_context, { parameters: { name } }) => findProviderGuide(name),
});

export const listSourcesRoute = route({
  operation: "listSources",
  method: "GET",
  path: "/api/v1/sources",
  summary: "Who may deliver, and how they fare",
  access: "admin",
  side: "next",
  query: z.strictObject({ cursor: z.string().optional(), limit: optionalLimitField }),
  answer: listOf(sourceAnswer),
  run: (context, { query }) => listSources(context, query),
});

export const addSourceRoute = route({
  operation: "addSource",
  method: "POST",
  path: "/api/v1/sources",
  summary: "Adds a source; its secret is shown this once",
  access: "admin",
  side: "next",
  body: sourceBody,
  answer: sourceWithSecretAnswer,
  status: 201,
  run: (context, { body }) => addSource(context, body),
});

export const changeSourceRoute = route({
  operation: "changeSource",
  method: "PUT",
  path: "/api/v1/sources/{name}",
  summary: "Changes how a source proves itself",
  access: "admin",
  side: "next",
  parameters,
  body: sourceChangeBody,
  answer: sourceAnswer,
  run: (context, { parameters: { name }, body }) => changeSource(context, name, body),
});

export const rotateSourceRoute = route({
  operation: "rotateSource",
  method: "POST",
  path: "/api/v1/sources/{name}/rotation",
  summary: "Gives a source a second secret; both hold",
  access: "admin",
  side: "next",
  parameters,
  body: sourceRotationBody,
  answer: sourceWithSecretAnswer,
  run: (context, { parameters: { name }, body }) => rotateSource(context, name, body),
});

export const finishSourceRotationRoute = route({
  operation: "finishSourceRotation",
  method: "DELETE",
  path: "/api/v1/sources/{name}/rotation",
  summary: "Ends the old secret: from now on only the new one holds",
  access: "admin",
  side: "next",
  parameters,
  answer: sourceAnswer,
  run: (context, { parameters: { name } }) => finishSourceRotation(context, name),
});

export const readSourceHealthRoute = route({
  operation: "readSourceHealth",
  method: "GET",
  path: "/api/v1/sources/{name}/health",
  summary: "How a source fares: its habit, hours, outcomes, refused requests and clock",
  access: "admin",
  side: "next",
  parameters,
  answer: sourceHealthAnswer,
  run: (context, { parameters: { name } }) => readSourceHealth(context, name),
});

export const testSourceRoute = route({
  operation: "testSource",
  method: "POST",
  path: "/api/v1/sources/{name}/test",
  summary: "Sends a test as the provider would; no fact comes of it",
  access: "admin",
  side: "next",
  parameters,
  answer: z.object({ delivery: z.string(), outcome: z.enum(["accepted", "duplicate"]) }),
  run: (context, { parameters: { name } }) => testSource(context, name),
});

export const removeSourceRoute = route({
  operation: "removeSource",
  method: "DELETE",
  path: "/api/v1/sources/{name}",
  summary: "Takes nothing more from a source; what it sent stays",
  access: "admin",
  side: "next",
  parameters,
  answer: z.object({ name: z.string(), removedAt: time }),
  run: (context, { parameters: { name } }) => removeSource(context, name),
});
