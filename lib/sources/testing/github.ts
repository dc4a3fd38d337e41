import { readGithub } from "@/lib/sources/github/read";
import type { Reading } from "@/lib/sources/reader";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { statementsOf } from "@/lib/sources/testing/reading";

/** A fixture of GitHub, read. */
export const readFixture = (file: string) => statementsOf(readGithub(deliveryOf("github", file)));

/** A payload of GitHub's made for a test, read as that event. */
export function readEvent(event: string, json: unknown): Reading {
  return readGithub({
    source: "github",
    headers: { "x-github-event": event },
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
}
