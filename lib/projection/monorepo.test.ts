import { expect, it } from "vitest";
import type { Config } from "@/lib/config";
import { digestTables } from "@/lib/facts/digest";
import { applyRules } from "@/lib/projection/apply-rules";
import {
  clock,
  contextOver,
  deliver,
  deploy,
  deriveAll,
  forgetEverything,
  native,
  push,
  settleAll,
  sha,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";

const mono = "acme/mono";

function service(name: string, paths: string[], deployments: string[] = []) {
  return { name, repository: mono, team: "shop", dependsOn: [], paths, deployments };
}

const rules: Partial<Config> = {
  services: [
    service("web", ["apps/web/**", "libs/**"], ["web-*"]),
    service("api", ["apps/api/**", "libs/**"], ["api-*"]),
    service("docs", ["docs/**"], ["docs-*"]),
  ],
};
const services = ["web", "api", "docs"];
const database = projectionDatabase(rules);

/** Each service is deployed by a name of its own, which only the rules' globs put to it. */
const rolled = (first: number, name: string, at: string) =>
  services.flatMap((each, index) =>
    deploy(mono, first + index, name, [`${at}:10`, `${at}:11`, `${at}:20`], {
      service: `${each}-blue`,
    }),
  );

/** One push brings all of it. */
const onePush = push(mono, "10:00", "m0", [
  { name: "web only", at: "09:30", paths: ["apps/web/a.ts"] },
  { name: "api only", at: "09:35", paths: ["apps/api/a.ts"] },
  { name: "shared", at: "09:40", paths: ["libs/money.ts"] },
  { name: "both apps", at: "09:45", paths: ["apps/web/b.ts", "apps/api/b.ts"] },
  { name: "nobody's", at: "09:50", paths: ["README.md"] },
]);

const before = [
  push(mono, "08:00", null, [{ name: "m0", at: "07:50" }]),
  ...rolled(10, "m0", "08"),
];
const told = [...before, onePush, ...rolled(20, "nobody's", "10")];

/** Every later deployment by its service: its kind and what it ships. */
async function shipped() {
  const names = ["web only", "api only", "shared", "both apps", "nobody's", "unsaid"];
  const nameOf = new Map(names.map((name) => [sha(name), name]));
  const { db } = database;
  const rows = await db
    .selectFrom("deployments")
    .select(["id", "service", "kind", "changes_known"])
    .where("kind", "!=", "first")
    .orderBy("at")
    .execute();
  const changes = await db.selectFrom("deployment_changes").selectAll().execute();
  const tale = rows.map((row) => [
    row.service,
    [
      row.kind,
      row.changes_known === false
        ? null
        : changes
            .filter((change) => change.deployment_id === row.id)
            .map((change) => nameOf.get(change.revision))
            .sort(),
    ],
  ]);
  return Object.fromEntries(tale);
}

it("one push is parted among the services that its paths belong to", async () => {
  await database.told(...told);
  expect(await shipped()).toEqual({
    web: ["deploy", ["both apps", "shared", "web only"]],
    api: ["deploy", ["api only", "both apps", "shared"]],
    // A newer revision that brings nothing of its own is the same service again.
    docs: ["redeploy", []],
  });
});

it("the first deployments of a repository's services stand apart, each its own stream", async () => {
  await database.told(...told);
  const firsts = await database.db
    .selectFrom("deployments")
    .select("service")
    .where("kind", "=", "first")
    .orderBy("service")
    .execute();
  expect(firsts.map((row) => row.service)).toEqual(["api", "docs", "web"]);
});

it("a change of unknown paths belongs to every service of the repository, and says so", async () => {
  const unsaid = native("10:00", {
    type: "change",
    id: "unsaid",
    repository: mono,
    revision: sha("unsaid"),
    parents: [sha("m0")],
    authoredAt: clock("09:30"),
  });
  await database.told(...before, unsaid, ...rolled(20, "unsaid", "10"));
  const everyone = ["deploy", ["unsaid"]];
  expect(await shipped()).toEqual({ web: everyone, api: everyone, docs: everyone });
  const rows = await database.db.selectFrom("deployment_changes").select("paths_unknown").execute();
  expect(rows).toEqual(services.map(() => ({ paths_unknown: true })));
});

it("changed rules part the same push anew, as if they had always been so", async () => {
  const { db } = database;
  const changed = contextOver(db, {
    services: [
      service("web", ["apps/**"], ["web-*"]),
      service("api", ["apps/api/**"], ["api-*"]),
      service("handbook", ["docs/**", "README.md"], ["docs-*"]),
    ],
  });
  await deliver(db, told);
  await settleAll(changed);
  const expected = { digest: await digestTables(db), shipped: await shipped() };
  expect(expected.shipped).toEqual({
    web: ["deploy", ["api only", "both apps", "web only"]],
    api: ["deploy", ["api only", "both apps"]],
    handbook: ["deploy", ["nobody's"]],
  });

  await forgetEverything(db);
  await db.deleteFrom("instance_settings").execute();
  expect(await applyRules(contextOver(db, rules), Number.POSITIVE_INFINITY)).toBe("done");
  await database.told(...told);
  expect(await shipped()).not.toEqual(expected.shipped);

  expect(await applyRules(changed, Number.POSITIVE_INFINITY)).toBe("applied");
  await deriveAll(changed);
  expect(await shipped()).toEqual(expected.shipped);
  expect(await digestTables(db)).toEqual(expected.digest);
});
