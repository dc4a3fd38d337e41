import jsonata from "jsonata";
import { z } from "zod";
import { type FactType, factTypes } from "@/lib/facts/types";
import { nativeEvent } from "@/lib/sources/native/schema";

/** An expression where it is text, itself where it is a number, true, false or null. */
export type MappedValue =
  | string
  | number
  | boolean
  | null
  | MappedValue[]
  | { [name: string]: MappedValue };

/** One kind of fact that a delivery may tell of, as pushline.yaml and settings write it. */
export interface MappingRule {
  /** An expression; the rule applies where it gives something that is true. */
  when?: string;
  /** An expression; the fact is told of each item that it gives, which its expressions then see. */
  each?: string;
  /** A native event, each member of which is an expression or a literal. */
  fact: { type: FactType; [member: string]: MappedValue };
}

export type Mapping = MappingRule[];

const rulesAtMost = 50;
const expressionLength = 4_000;
const nestingAtMost = 5;
const membersOfType = new Map(nativeEvent.options.map(({ shape }) => [shape.type.value, shape]));

const expression = z
  .string("an expression")
  .superRefine((text, context) => {
    const wrong = wrongOf(text);
    if (wrong) context.addIssue(wrong);
  })
  .describe("JSONata");

const fact = z
  .looseObject(
    { type: z.enum(factTypes, `one of ${factTypes.join(", ")}`) },
    "the members of a native event",
  )
  .superRefine(({ type, ...members }, context) => {
    const known = membersOfType.get(type);
    if (!known) return;
    for (const [name, value] of Object.entries(members))
      if (!Object.hasOwn(known, name))
        context.addIssue({
          code: "custom",
          path: [name],
          message: `no member of this name: a ${type} has none`,
        });
      else
        checkValue(value, [name], (path, message) =>
          context.addIssue({ code: "custom", path, message }),
        );
    for (const [name, schema] of Object.entries(known))
      if (!(name in members) && name !== "type" && !schema.safeParse(undefined).success)
        context.addIssue({
          code: "custom",
          path: [name],
          message: `an expression: a ${type} needs it`,
        });
  });

/** What pushline.yaml and settings take as a mapping; every mistake is told with its place. */
export const mappingRules = z
  .array(
    z.strictObject({ when: expression.optional(), each: expression.optional(), fact }),
    "a list of rules",
  )
  .min(1, "at least one rule")
  .max(rulesAtMost, `at most ${rulesAtMost} rules`)
  .transform((rules) => rules as Mapping);

function checkValue(
  value: unknown,
  path: PropertyKey[],
  refuse: (path: PropertyKey[], message: string) => void,
): void {
  if (typeof value === "string") {
    const wrong = wrongOf(value);
    if (wrong) refuse(path, wrong);
  } else if (typeof value === "object" && value !== null) {
    if (path.length > nestingAtMost) refuse(path, `at most ${nestingAtMost} levels of nesting`);
    else
      for (const [name, member] of Object.entries(value))
        checkValue(member, [...path, Array.isArray(value) ? Number(name) : name], refuse);
  }
}

/** Why a text is no expression, in the words of a refusal; null where it is one. */
function wrongOf(text: string): string | null {
  if (text.length > expressionLength) return `at most ${expressionLength} characters`;
  try {
    jsonata(text);
    return null;
  } catch (error) {
    const { message, position } = error as { message?: string; position?: number };
    const place = position === undefined ? "" : ` (at character ${position})`;
    return `a JSONata expression, but ${message ?? "it cannot be parsed"}${place}`;
  }
}
