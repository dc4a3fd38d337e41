import type { Payload } from "@/lib/sources/payload";

/**
 * A member by any of its names: DevLake's API was written in snake_case until 1.0
 * (`commit_sha`, `start_time`) and in camelCase since (`commitSha`, `startedDate`).
 */
export function memberOf(body: Payload, ...names: readonly string[]): unknown {
  return names.map((name) => body[name]).find((value) => value !== undefined && value !== null);
}
