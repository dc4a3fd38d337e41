import { expect, test } from "vitest";
import { orderAttempts } from "./order";
import { at, attempt, incident } from "./testing";

const ids = (ordered: ReturnType<typeof orderAttempts>) => ordered.map((one) => one.attempt.id);

test("Order within a stream: finish, then start, then key", () => {
  const ordered = orderAttempts(
    [
      attempt("late", "a", "10:30"),
      attempt("a-later", "a", "10:00", { key: "ci/9" }),
      attempt("early-start", "a", "10:00", { startedAt: at("9:50") }),
      attempt("b-last", "a", "10:00", { key: "ci/b" }),
      attempt("z-first", "a", "10:00", { key: "ci/10" }),
      attempt("long", "a", "10:15", { startedAt: at("8:00") }),
    ],
    [],
  );
  expect(ids(ordered)).toEqual(["early-start", "z-first", "a-later", "b-last", "long", "late"]);
});

test("an attempt without a finish stands at its start, and without any time last", () => {
  const ordered = orderAttempts(
    [
      attempt("never", "a", "9:00", { status: "queued", startedAt: null, finishedAt: null }),
      attempt("done", "a", "10:00"),
      attempt("running", "a", "9:30", { status: "running", finishedAt: null }),
    ],
    [],
  );
  expect(ids(ordered)).toEqual(["running", "done", "never"]);
});

test("running then succeeded under one id is one row", () => {
  const one = attempt("d1", "a", "10:00");
  expect(orderAttempts([one, { ...one }], [])).toHaveLength(1);
});

test("Completed means succeeded, and unfinished attempts that a confirmed incident proves to have reached users", () => {
  const attempts = (["succeeded", "failed", "canceled", "running", "queued"] as const).map(
    (status) => attempt(status, "a", "10:00", { status }),
  );
  const completed = (incidents: ReturnType<typeof incident>[]) =>
    ids(orderAttempts(attempts, incidents).filter((one) => one.completed));

  expect(completed([])).toEqual(["succeeded"]);
  const cause = { confirmed: ["failed", "running"] };
  expect(completed([incident("i", "10:00", null, cause)])).toEqual([
    "failed",
    "running",
    "succeeded",
  ]);
  const match = { matches: [{ deployment: "failed", probability: 0.99 }] };
  expect(completed([incident("i", "10:00", null, match)])).toEqual(["succeeded"]);
});

test("a person's verdict outranks a declared cause when it proves an attempt", () => {
  const failed = attempt("d1", "a", "10:00", { status: "failed" });
  const none = incident("i", "10:00", null, { confirmed: ["d1"], verdict: "none" });
  const rejected = incident("i", "10:00", null, { confirmed: ["d1"], rejected: ["d1"] });
  expect(orderAttempts([failed], [none])[0]?.completed).toBe(false);
  expect(orderAttempts([failed], [rejected])[0]?.completed).toBe(false);
});
