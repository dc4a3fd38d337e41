import { z } from "zod";
import { newAccountBody } from "@/lib/auth/account-fields";
import { roles } from "@/lib/auth/actor";
import { passwordIssuer } from "@/lib/auth/add-person";
import { type Entrance, enter } from "@/lib/auth/enter";
import { setUp, setUpNeeded } from "@/lib/auth/set-up";
import { route } from "@/lib/http/route";

const personAnswer = z.object({
  person: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(roles),
  }),
});

export const readSetUpRoute = route({
  operation: "readSetUp",
  method: "GET",
  path: "/api/v1/set-up",
  summary: "Whether the first admin is still to be made",
  access: "open",
  side: "next",
  answer: z.object({ needed: z.boolean() }),
  run: async (context) => ({ needed: await setUpNeeded(context) }),
});

export const setUpRoute = route({
  operation: "setUp",
  method: "POST",
  path: "/api/v1/set-up",
  summary: "Makes the first admin, or recovers one, by the one-time address; signs in",
  access: "open",
  side: "next",
  body: newAccountBody,
  answer: personAnswer,
  status: 201,
  run: async (context, { body, headers }) =>
    entered(
      201,
      await context.db.transaction().execute(async (trx) => {
        const person = await setUp(trx, context, body);
        return enter(trx, context, { person, issuer: passwordIssuer, headers });
      }),
    ),
});

function entered(status: number, { person, cookie }: Entrance): Response {
  return Response.json(
    { person },
    { status, headers: { "cache-control": "no-store", "set-cookie": cookie } },
  );
}
