import { expect, it } from "vitest";
import { startRounds } from "@/lib/rounds";

it("tells what went wrong with a round, and begins the next all the same", async () => {
  const told: string[] = [];
  let count = 0;
  let resolve = () => {};
  const third = new Promise<void>((done) => {
    resolve = done;
  });
  const rounds = startRounds(
    0,
    async () => {
      count += 1;
      if (count === 1) throw new Error("the database is away");
      if (count === 3) resolve();
    },
    (why) => told.push(why),
  );
  await third;
  await rounds.close();
  expect(told).toEqual(["the database is away"]);
});

it("ends only when the running round is over, which hears of it", async () => {
  let resolve = () => {};
  const begun = new Promise<void>((done) => {
    resolve = done;
  });
  let isOver = false;
  const rounds = startRounds(
    60_000,
    async (signal) => {
      resolve();
      await new Promise((done) => signal.addEventListener("abort", done));
      isOver = true;
    },
    () => undefined,
  );
  await begun;
  await rounds.close();
  expect(isOver).toBe(true);
});
