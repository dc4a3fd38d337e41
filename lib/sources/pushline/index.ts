import { z } from "zod";
import { sourceKey } from "@/lib/facts/keys";
import { deploymentKinds, type Statement } from "@/lib/facts/types";
import { separableKinds } from "@/lib/facts/words";
import { beginning, decodeText, parseJson, text } from "@/lib/sources/payload";
import {
  type DeliveryInput,
  type Reader,
  type Reading,
  UnreadableDelivery,
} from "@/lib/sources/reader";
import { toTime } from "@/lib/sources/time";

const idField = z.string().regex(/^[\w-]{1,64}$/, { error: "a public id" });
const wordsField = z.string().transform((words) => text(words) ?? "");
const timeField = z.string().refine((time) => toTime(time) === time, {
  error: "a time in UTC with milliseconds",
});
const changesField = z.array(z.object({ kind: z.enum(["deployment", "release"]), id: idField }));

/** What people say, as the product itself writes it down; their members stand in lib/facts/words. */
const word = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("verdict"),
    incident: idField,
    verdict: z.enum(["confirmed", "none"]).nullable(),
    changes: changesField,
    rejected: changesField,
    note: wordsField.nullable(),
    actor: wordsField,
    at: timeField,
  }),
  z.object({
    type: z.literal("correction"),
    deployment: idField,
    kind: z.enum(deploymentKinds).nullable(),
    failed: z.boolean().nullable(),
    note: wordsField,
    actor: wordsField,
    at: timeField,
  }),
  z.object({
    type: z.literal("separation"),
    kind: z.enum(separableKinds),
    member: idField,
    apart: z.boolean(),
    note: wordsField.nullable(),
    actor: wordsField,
    at: timeField,
  }),
]);

/** People's words: deliveries that the product makes, so that a rebuild keeps them. */
export const pushline: Reader = {
  name: "pushline",
  defaultAuth: "bearer",
  deliveryId: () => null,
  eventName: ({ body }) =>
    /"type"\s*:\s*"(verdict|correction|separation)"/.exec(beginning(body))?.[1] ?? "unknown",
  keptHeaders: [],
  read: readWord,
};

function readWord({ source, body }: DeliveryInput): Reading {
  const result = word.safeParse(parseJson(decodeText(body)));
  if (!result.success) {
    const [issue] = result.error.issues;
    const field = issue?.path.join(".") || null;
    throw new UnreadableDelivery(
      "invalid_event",
      field,
      issue?.message ?? "a verdict, correction or separation",
    );
  }
  return { outcome: "read", event: result.data.type, statements: [statement(result.data, source)] };
}

/** The latest word on one incident, deployment or report stands, so that is what the key names. */
function statement(said: z.infer<typeof word>, source: string): Statement {
  switch (said.type) {
    case "verdict": {
      const { type, ...members } = said;
      return { noun: type, key: sourceKey(source, said.incident), asOf: said.at, members };
    }
    case "correction": {
      const { type, ...members } = said;
      return { noun: type, key: sourceKey(source, said.deployment), asOf: said.at, members };
    }
    case "separation": {
      const { type, ...members } = said;
      const key = sourceKey(source, `${said.kind}/${said.member}`);
      return { noun: type, key, asOf: said.at, members };
    }
  }
}
