import { asProblem } from "@/lib/http/problem";

const sqlState = /^[0-9A-Z]{5}$/;
/** What a value can be refused for: cardinality, data, integrity, limits (SQLSTATE classes). */
const refusals = /^(21|22|23|54)/;
/** Faults of a reader's or merge's own, as the runtime throws them. */
const faults = [TypeError, RangeError, SyntaxError, ReferenceError];

/**
 * Whether an error lies in the data itself, so that trying again is no use and
 * the delivery is quarantined. Everything else is waited out.
 */
export function isPoison(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && sqlState.test(code)) return refusals.test(code);
  return faults.some((fault) => error instanceof fault);
}

/** Whether the database cannot be worked with just now: lost, refused, deadlocked, too slow. */
export function isTrouble(error: unknown): boolean {
  if (asProblem(error).code === "storage_unavailable") return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? /^(25|40|55)/.test(code) : /timeout/i.test(error.message);
}
