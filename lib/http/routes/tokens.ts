import { z } from "zod";
import { listOf } from "@/lib/http/answers";
import { optionalLimitField } from "@/lib/http/fields";
import { route } from "@/lib/http/route";
import { tokenAnswer, tokenWithSecretAnswer } from "@/lib/http/settings-answers";
import { listTokens } from "@/lib/settings/list-tokens";
import { makeToken, tokenBody } from "@/lib/settings/make-token";
import { revokeToken } from "@/lib/settings/revoke-token";
import { rotateToken, tokenRotationBody } from "@/lib/settings/rotate-token";

const parameters = z.object({ id: z.string() });

export const listTokensRoute = route({
  operation: "listTokens",
  method: "GET",
  path: "/api/v1/tokens",
  summary: "The tokens that you may manage, without their secrets",
  access: "manage",
  side: "next",
  query: z.strictObject({ cursor: z.string().optional(), limit: optionalLimitField }),
  answer: listOf(tokenAnswer),
  run: (context, { query }) => listTokens(context, query),
});

export const makeTokenRoute = route({
  operation: "makeToken",
  method: "POST",
  path: "/api/v1/tokens",
  summary: "Makes a token; its secret is shown this once",
  access: "manage",
  side: "next",
  body: tokenBody,
  answer: tokenWithSecretAnswer,
  status: 201,
  run: (context, { body }) => makeToken(context, body),
});

export const rotateTokenRoute = route({
  operation: "rotateToken",
  method: "POST",
  path: "/api/v1/tokens/{id}/rotation",
  summary: "Gives a token a new secret; the old one holds for some hours more",
  access: "manage",
  side: "next",
  parameters,
  body: tokenRotationBody,
  answer: tokenWithSecretAnswer,
  run: (context, { parameters: { id }, body }) => rotateToken(context, id, body),
});

export const revokeTokenRoute = route({
  operation: "revokeToken",
  method: "DELETE",
  path: "/api/v1/tokens/{id}",
  summary: "Ends a token at once",
  access: "manage",
  side: "next",
  parameters,
  answer: tokenAnswer,
  run: (context, { parameters: { id } }) => revokeToken(context, id),
});
