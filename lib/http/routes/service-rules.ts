import { z } from "zod";
import { listOf } from "@/lib/http/answers";
import { optionalLimitField } from "@/lib/http/fields";
import { onlyNew } from "@/lib/http/only-new";
import { route } from "@/lib/http/route";
import { rulePreviewAnswer, serviceRuleAnswer } from "@/lib/http/settings-answers";
import { listServiceRules } from "@/lib/settings/list-service-rules";
import { previewRule } from "@/lib/settings/preview-rule";
import { removeServiceRule } from "@/lib/settings/remove-service-rule";
import { previewBody, serviceName, serviceRuleBody } from "@/lib/settings/rule-written";
import { saveServiceRule } from "@/lib/settings/save-service-rule";

const parameters = z.object({ name: serviceName });

export const listServiceRulesRoute = route({
  operation: "listServiceRules",
  method: "GET",
  path: "/api/v1/service-rules",
  summary: "The rules by which deployments, alerts and changes are a service's",
  access: "read",
  side: "next",
  query: z.strictObject({ cursor: z.string().optional(), limit: optionalLimitField }),
  answer: listOf(serviceRuleAnswer),
  run: (context, { query }) => listServiceRules(context, query),
});

export const previewServiceRuleRoute = route({
  operation: "previewServiceRule",
  method: "POST",
  path: "/api/v1/service-rules/preview",
  summary: "What a rule would match of the last 90 days; nothing is written",
  access: "manage",
  side: "next",
  body: previewBody,
  answer: rulePreviewAnswer,
  run: (context, { body }) => previewRule(context, body),
});

export const saveServiceRuleRoute = route({
  operation: "saveServiceRule",
  method: "PUT",
  path: "/api/v1/service-rules/{name}",
  summary:
    "Sets a service's rule; history is derived anew by it; with If-None-Match: * only a new one",
  access: "manage",
  side: "next",
  parameters,
  body: serviceRuleBody,
  answer: serviceRuleAnswer,
  run: (context, { parameters: { name }, body, headers }) =>
    saveServiceRule(context, name, body, onlyNew(headers)),
});

export const removeServiceRuleRoute = route({
  operation: "removeServiceRule",
  method: "DELETE",
  path: "/api/v1/service-rules/{name}",
  summary: "Removes a service's rule; history is derived anew without it",
  access: "manage",
  side: "next",
  parameters: z.object({ name: z.string() }),
  answer: z.object({ name: z.string() }),
  run: (context, { parameters: { name } }) => removeServiceRule(context, name),
});
