import { fieldName, findHostile } from "@/lib/http/find-hostile";
import { Problem } from "@/lib/http/problem";
import { type NativeEvent, nativeEvent } from "@/lib/sources/native/schema";
import { isPayload } from "@/lib/sources/payload";

export const largestBatch = 1000;
/** Enough to put a sender right without answering a megabyte. */
const toldErrors = 100;

interface EventError {
  index: number;
  field: string;
  expected: string;
}

/**
 * Native events from the JSON of a request: one, or a list of up to 1,000,
 * taken whole or not at all. Throws Problem `invalid_event`, whose errors name
 * the index, the field and what was expected of every bad event.
 */
export function parseNativeEvents(json: unknown): NativeEvent[] {
  const given = Array.isArray(json) ? json : [json];
  if (given.length > largestBatch)
    throw new Problem("invalid_event", `At most ${largestBatch.toLocaleString("en")} events.`, {
      limit: largestBatch,
    });
  const events: NativeEvent[] = [];
  const errors: EventError[] = [];
  for (const [index, candidate] of given.entries()) {
    const result = checkNativeEvent(candidate);
    if ("event" in result) events.push(result.event);
    else errors.push(...result.errors.map((error) => ({ index, ...error })));
  }
  const [first] = errors;
  if (first) throw refusal(first, errors);
  return events;
}

/** One event, or every reason why it is none. */
export function checkNativeEvent(
  candidate: unknown,
): { event: NativeEvent } | { errors: { field: string; expected: string }[] } {
  const hostile = findHostile(candidate);
  if (hostile) return { errors: [hostile] };
  const result = nativeEvent.safeParse(candidate);
  if (result.success) return { event: result.data };
  return { errors: result.error.issues.flatMap((issue) => toldIssue(issue, candidate)) };
}

export function refusal(first: EventError, errors: readonly EventError[]): Problem {
  const field = `events[${first.index}]${first.field && `.${first.field}`}`;
  return new Problem("invalid_event", `${field}: expected ${first.expected}.`, {
    field,
    expected: first.expected,
    errors: errors.slice(0, toldErrors),
  });
}

function toldIssue(
  issue: { code: string; path: PropertyKey[]; message: string; keys?: string[]; options?: unknown },
  candidate: unknown,
): { field: string; expected: string }[] {
  const field = fieldName(issue.path);
  if (issue.code === "unrecognized_keys")
    return (issue.keys ?? []).map((key) => ({
      field: fieldName([...issue.path, key]),
      expected: "no member of this name",
    }));
  if (issue.code === "invalid_union")
    return [{ field, expected: `one of ${[issue.options].flat().join(", ")}` }];
  if (field === "" && !isPayload(candidate)) return [{ field, expected: "a JSON object" }];
  return [{ field, expected: issue.message }];
}
