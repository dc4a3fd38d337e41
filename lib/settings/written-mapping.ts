import { z } from "zod";
import { readDocument } from "@/lib/config/document";
import { pathText } from "@/lib/config/problems";
import { Problem } from "@/lib/http/problem";
import { type Mapping, mappingRules } from "@/lib/sources/mapping-rules";

/** Rules as pushline.yaml has them: the YAML itself, or the list that it comes to. */
export const writtenMapping = z.union(
  [z.string().max(200_000), z.array(z.looseObject({})).max(1_000)],
  "rules as YAML or as a list",
);
export type WrittenMapping = z.output<typeof writtenMapping>;

type Mistake = { field: string; expected: string };

/**
 * The rules that were written, and their text where it was one. Throws `invalid_field` with
 * every mistake, those of YAML with their lines. Variables are for pushline.yaml alone.
 */
export function readMapping(written: WrittenMapping): { rules: Mapping; text: string | null } {
  if (typeof written !== "string") return { rules: checked(written, () => ""), text: null };
  const document = readDocument(written, {});
  if (document.mistakes.length > 0)
    throw refusal(
      document.mistakes.map(({ line, message }) => ({
        field: `mapping (line ${line})`,
        expected: message,
      })),
    );
  const lineOf = (path: PropertyKey[]) => ` (line ${document.lineOf({ path, message: "" })})`;
  return { rules: checked(document.value ?? [], lineOf), text: written };
}

function checked(value: unknown, lineOf: (path: PropertyKey[]) => string): Mapping {
  const parsed = mappingRules.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusal(
    parsed.error.issues.map(({ path, message }) => ({
      field: pathText(["mapping", ...path]) + lineOf(path),
      expected: message,
    })),
  );
}

function refusal(errors: Mistake[]): Problem {
  const [first] = errors;
  return new Problem("invalid_field", `${first?.field}: ${first?.expected}.`, { ...first, errors });
}
