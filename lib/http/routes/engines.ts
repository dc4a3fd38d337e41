import { z } from "zod";
import { checkEngine } from "@/lib/engines/check-engine";
import { listOf } from "@/lib/http/answers";
import { optionalLimitField } from "@/lib/http/fields";
import { onlyNew } from "@/lib/http/only-new";
import { route } from "@/lib/http/route";
import { engineAnswer, engineCheckAnswer } from "@/lib/http/settings-answers";
import { listEngines } from "@/lib/settings/list-engines";
import { removeEngine } from "@/lib/settings/remove-engine";
import { engineBody, engineName, saveEngine } from "@/lib/settings/save-engine";

const parameters = z.object({ name: z.string() });

export const listEnginesRoute = route({
  operation: "listEngines",
  method: "GET",
  path: "/api/v1/engines",
  summary: "Outside engines that speak the Prometheus HTTP API",
  access: "read",
  side: "next",
  query: z.strictObject({ cursor: z.string().optional(), limit: optionalLimitField }),
  answer: listOf(engineAnswer),
  run: (context, { query }) => listEngines(context, query),
});

export const saveEngineRoute = route({
  operation: "saveEngine",
  method: "PUT",
  path: "/api/v1/engines/{name}",
  summary: "Adds an engine or changes it; with If-None-Match: * only a new one",
  access: "admin",
  side: "next",
  parameters: z.object({ name: engineName }),
  body: engineBody,
  answer: engineAnswer,
  run: (context, { parameters: { name }, body, headers }) =>
    saveEngine(context, name, body, onlyNew(headers)),
});

export const checkEngineRoute = route({
  operation: "checkEngine",
  method: "POST",
  path: "/api/v1/engines/{name}/check",
  summary: "Whether an engine answers",
  access: "admin",
  side: "next",
  parameters,
  answer: engineCheckAnswer,
  run: (context, { parameters: { name } }) => checkEngine(context, name),
});

export const removeEngineRoute = route({
  operation: "removeEngine",
  method: "DELETE",
  path: "/api/v1/engines/{name}",
  summary: "Removes an engine",
  access: "admin",
  side: "next",
  parameters,
  answer: z.object({ name: z.string() }),
  run: (context, { parameters: { name } }) => removeEngine(context, name),
});
