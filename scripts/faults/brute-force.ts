import type { Fault } from "@/scripts/faults/fault";
import { adminEmail, signIn } from "@/scripts/faults/first-admin";
import type { Instance } from "@/scripts/faults/instance";
import { compareSteady } from "@/scripts/faults/steady-load";

const parallel = 32;
const guesses = 60;
/** Whoever tries many accounts, whoever tries one, and whoever tries tokens. */
const addresses = {
  before: "198.51.100.4",
  strangers: "198.51.100.1",
  account: "198.51.100.2",
  tokens: "198.51.100.3",
};

export const bruteForce: Fault = {
  row: 37,
  load: `${parallel} sign-ins at once, then ${guesses} guesses of one password and of tokens, while 100 deliveries/s come`,
  async run(instance) {
    const email = await adminEmail(instance);
    // What is loaded and compiled at the first try is no part of an attack that goes on.
    await signInAll(instance, ["first@example.com", "second@example.com"], addresses.before);
    const atOnce: number[] = [];
    const passwords: number[] = [];
    const tokens: number[] = [];
    const compared = await compareSteady(instance, async () => {
      atOnce.push(...(await signInAll(instance, strangers(), addresses.strangers)));
      for (let n = 0; n < guesses; n += 1)
        passwords.push(
          await signIn(instance, email, { guess: `guess number ${n}`, from: addresses.account }),
        );
      for (let n = 0; n < guesses; n += 1) tokens.push(await guessToken(instance, n));
    });
    const isThrottled =
      isHeldBack(atOnce, 20) && isHeldBack(passwords, 5) && isHeldBack(tokens, 30);
    return {
      figure:
        `401 × ${count(atOnce, 401)} + ${count(passwords, 401)} + ${count(tokens, 401)}, then 429; ` +
        `ingest ${compared.refused} refused, p99 ${compared.during.toFixed(1)} ms (alone ${compared.normal.toFixed(1)})`,
      pass: isThrottled && compared.isUnharmed,
    };
  },
};

function signInAll(instance: Instance, emails: string[], from: string): Promise<number[]> {
  return Promise.all(
    emails.map((each) => signIn(instance, each, { guess: "wrong password", from })),
  );
}

/** Accounts that do not exist cost as much as those that do. */
function strangers(): string[] {
  return Array.from({ length: parallel }, (_, n) => `stranger-${n}@example.com`);
}

async function guessToken(instance: Instance, n: number): Promise<number> {
  const headers = {
    authorization: `Bearer pl_guess-number-${n}`,
    "x-forwarded-for": addresses.tokens,
  };
  return (await instance.ask("/api/v1/deployments", { headers })).status;
}

/** Some were tried, no more than may be, and every other was told to wait. */
function isHeldBack(statuses: readonly number[], triedAtMost: number): boolean {
  const tried = count(statuses, 401);
  return tried > 0 && tried <= triedAtMost && tried + count(statuses, 429) === statuses.length;
}

function count(statuses: readonly number[], wanted: number): number {
  return statuses.filter((status) => status === wanted).length;
}
