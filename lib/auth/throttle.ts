import { isIPv6 } from "node:net";
import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { hashSecret } from "@/lib/auth/secrets";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

const windowMinutes = 15;
const firstWaitSeconds = 30;
const longestWaitSeconds = 15 * 60;
/** Failures until the waiting begins. */
const allowances = { account: 5, address: 20 } as const;
type Kind = keyof typeof allowances;

/** One attempt at a sign-in, counted as failed until it proves otherwise. */
export interface Attempt {
  /** Takes it back: the account is clear again, and its address as it was before. */
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt before anything is tried, so that of many at once no more get
 * through than of as many in a row: 5 per account and 20 per address in 15 minutes,
 * then one after each wait, which doubles from 30 seconds to 15 minutes. `account`
 * need not exist, and is null where only the address is known. Throws `too_many_requests`.
 */
export async function takeAttempt(
  { db, clock, address }: Pick<Context, "db" | "clock" | "address">,
  account: string | null,
): Promise<Attempt> {
  const now = clock.now();
  const addressKey = address === null ? null : keyOf("address", networkOf(address));
  const accountKey = account === null ? null : keyOf("account", account);
  if (addressKey) await count(db, "address", addressKey, now);
  if (accountKey) await count(db, "account", accountKey, now);
  return {
    async succeeded() {
      if (accountKey) await db.deleteFrom("throttles").where("key", "=", accountKey).execute();
      if (addressKey) await takeBack(db, addressKey, now);
    },
  };
}

/** Refuses while the wait lasts; else counts, and begins the next wait once the allowance is used. */
async function count(db: Kysely<Database>, kind: Kind, key: Buffer, now: Date): Promise<void> {
  const allowance = allowances[kind];
  const forgotten = sql`greatest(t.since, t.blocked_until) < ${minutesBefore(now)}`;
  const failures = sql`case when ${forgotten} then 1 else t.failures + 1 end`;
  const { rows } = await sql`
    insert into throttles as t (key, failures, since) values (${key}, 1, ${now})
    on conflict (key) do update set
      failures = ${failures},
      since = case when ${forgotten} then excluded.since else t.since end,
      blocked_until = case when ${failures} < ${allowance} then null else
        ${now}::timestamptz + make_interval(secs => least(
          ${firstWaitSeconds} * power(2, least(${failures} - ${allowance}, 10)), ${longestWaitSeconds}
        )) end
    where t.blocked_until is null or t.blocked_until <= ${now}
    returning failures`.execute(db);
  if (rows.length === 0) throw await refusal(db, kind, key, now);
}

async function refusal(db: Kysely<Database>, kind: Kind, key: Buffer, now: Date): Promise<Problem> {
  const row = await db
    .selectFrom("throttles")
    .select("blocked_until")
    .where("key", "=", key)
    .executeTakeFirst();
  const waitMilliseconds = (row?.blocked_until?.getTime() ?? 0) - now.getTime();
  return new Problem(
    "too_many_requests",
    `After ${allowances[kind]} failed sign-ins of one ${kind} within ${windowMinutes} minutes, each further one has to wait.`,
    { retryAfterSeconds: Math.max(1, Math.ceil(waitMilliseconds / 1_000)) },
  );
}

/** The other failures of the address stay: one right password must not buy twenty guesses. */
async function takeBack(db: Kysely<Database>, key: Buffer, now: Date): Promise<void> {
  await sql`
    update throttles set
      failures = greatest(failures - 1, 0),
      blocked_until = case when failures - 1 < ${allowances.address} then null
        else ${now}::timestamptz end
    where key = ${key}`.execute(db);
}

/** Forgets what has no effect any more. */
export async function sweepThrottles(db: Kysely<Database>, now: Date): Promise<void> {
  await sql`
    delete from throttles where greatest(since, blocked_until) < ${minutesBefore(now)}`.execute(db);
}

function minutesBefore(now: Date): Date {
  return new Date(now.getTime() - windowMinutes * 60_000);
}

/** Hashed: an e-mail typed by anyone is nobody's to read later. */
function keyOf(kind: Kind, value: string): Buffer {
  return hashSecret(`${kind} ${value}`);
}

/** Whoever has one address of IPv6 has the 2^64 beside it. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  if (tail !== undefined) {
    const following = tail.split(":").filter(Boolean);
    while (groups.length + following.length < 8) groups.push("0");
    groups.push(...following);
  }
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
