import { expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { backfillFromApi, leftOutLines, lineOf } from "@/scripts/backfill/from-api";
import { type Options, readOptions } from "@/scripts/backfill/options";

const world = new BackfillWorld();

it("says in the terminal what would not come, and why", async () => {
  world.api.fault = (_, path) =>
    path.endsWith("/pulls/2") || path.includes("/deployments/32/")
      ? { kind: "answer", status: 400, message: "Bad id" }
      : undefined;
  const options = readOptions(["--github", "acme/shop", "--api", world.api.api], {});
  const ended = await backfillFromApi(
    world.context,
    options as Extract<Options, { kind: "api" }>,
    () => undefined,
    new AbortController().signal,
    50,
  );
  expect(ended.state).toBe("done");
  expect(lineOf(ended)).toBe(
    "commits 6 (6 new), pull requests 4 (4 new; 1 would not come), workflow runs 3 (3 new), deployments 2 (2 new; 1 would not come), releases 3 (3 new).",
  );
  expect(leftOutLines(ended)).toEqual([
    "Pull requests, 2 is here without its details: It answered 400: Bad id",
    "Deployments, 32 is left out: It answered 400: Bad id",
  ]);
});
