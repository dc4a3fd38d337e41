import type { Insertable } from "kysely";
import type { BuildsTable } from "@/db/schema/attempts";

let serial = 0;

/** A finished build as saving would leave it, for tests of what reads them. */
export function buildRow(
  finishedAt: Date,
  seconds: number,
  more: Partial<Insertable<BuildsTable>> = {},
): Insertable<BuildsTable> {
  serial += 1;
  const id = more.id ?? `build-${String(serial).padStart(6, "0")}`;
  return {
    id,
    source: "test",
    key: `test/${id}`,
    repository: "acme/checkout",
    branch: "main",
    revision: `revision-${serial}`,
    name: "ci",
    attempt: 1,
    status: "succeeded",
    queued_at: null,
    started_at: new Date(finishedAt.getTime() - seconds * 1000),
    finished_at: finishedAt,
    artifact: null,
    url: null,
    fallback: false,
    default_branch: null,
    stages: "[]",
    ...more,
  };
}
