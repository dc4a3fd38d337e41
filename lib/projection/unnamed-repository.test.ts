import { expect, it } from "vitest";
import { clock, native, sha } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";

const database = projectionDatabase();

it("a deployment that names no repository is derived anew when a commit beneath it is told late", async () => {
  const deployed = (id: string, revision: string, at: string, more: object = {}) =>
    native(at, {
      type: "deployment",
      id,
      service: "shop",
      environment: "production",
      status: "succeeded",
      revision: sha(revision),
      finishedAt: clock(at),
      ...more,
    });
  const change = (name: string, parents: string[]) =>
    native("09:00", {
      type: "change",
      id: name,
      repository: "acme/shop",
      branch: "main",
      revision: sha(name),
      parents: parents.map(sha),
      authoredAt: clock("08:00"),
    });
  await database.told(
    change("c0", []),
    change("c2", ["c1"]),
    deployed("first", "c2", "10:00"),
    deployed("second", "c0", "11:00", { repository: "acme/shop" }),
  );
  expect(await database.deployment("pipeline", "second")).toMatchObject({ kind: "deploy" });
  await database.told(change("c1", ["c0"]));
  expect(await database.deployment("pipeline", "second")).toMatchObject({ kind: "rollback" });
});
