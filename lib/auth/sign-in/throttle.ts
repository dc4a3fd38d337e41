import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { AuditAction } from "@/lib/audit/audit";
import { passwordIssuer } from "@/lib/auth/people/add-person";
import { hashSecret } from "@/lib/auth/secrets";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { addressKey } from "@/lib/limits/address-key";

const windowMinutes = 15;
const firstWaitSeconds = 30;
const longestWaitSeconds = 15 * 60;
/** Failures until the waiting begins. */
const allowances = { account: 5, address: 20 } as const;
type Kind = keyof typeof allowances;
/** How long a network from which an account signed in stays known for it. */
const familiarDays = 30;
const entrances: readonly AuditAction[] = [
  "account.signed_in",
  "instance.set_up",
  "instance.recovered",
  "account.password_reset",
  "invitation.accepted",
];

/** One attempt at a sign-in, counted as failed until it proves otherwise. */
export interface Attempt {
  /** Takes it back: the account is clear again, and its address as it was before. */
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt before anything is tried, so that of many at once no more get
 * through than of as many in a row: 5 per account and 20 per address in 15 minutes,
 * then one after each wait, which doubles from 30 seconds to 15 minutes. `account`
 * need not exist, and is null where only the address is known. Loopback is nobody's
 * address: all come from it behind a proxy that nobody named. Throws `too_many_requests`.
 */
export async function takeAttempt(
  { db, clock, address }: Pick<Context, "db" | "clock" | "address">,
  account: string | null,
): Promise<Attempt> {
  const now = clock.now();
  const network = address === null ? null : addressKey(address);
  const addressCount = network === null ? null : keyOf("address", network);
  if (addressCount) await count(db, "address", addressCount, now);
  const accountCount = account === null ? null : await accountKey(db, { account, network }, now);
  if (accountCount) await count(db, "account", accountCount, now);
  return {
    async succeeded() {
      if (accountCount) await db.deleteFrom("throttles").where("key", "=", accountCount).execute();
      if (addressCount) await takeBack(db, addressCount, now);
    },
  };
}

/** Forgets the failures of an account whose password has just been set anew, elsewhere and from here. */
export async function clearAccount(
  db: Kysely<Database>,
  address: string | null,
  account: string,
): Promise<void> {
  const network = address === null ? null : addressKey(address);
  const keys = [keyOf("account", account)];
  if (network !== null) keys.push(keyOf("account", account, network));
  await db.deleteFrom("throttles").where("key", "in", keys).execute();
}

/** Where the account is known to sign in from, it is counted apart: nobody elsewhere can lock it out. */
async function accountKey(
  db: Kysely<Database>,
  { account, network }: { account: string; network: string | null },
  now: Date,
): Promise<Buffer> {
  return network !== null && (await wasLetInFrom(db, { account, network }, now))
    ? keyOf("account", account, network)
    : keyOf("account", account);
}

/** By the audit: a session is gone once its person signs out, or a week idle. */
async function wasLetInFrom(
  db: Kysely<Database>,
  { account, network }: { account: string; network: string },
  now: Date,
): Promise<boolean> {
  const entries = await db
    .selectFrom("audit")
    .innerJoin("identities", "identities.person_id", "audit.actor_id")
    .select("address")
    .distinct()
    .where("issuer", "=", passwordIssuer)
    .where("identities.subject", "=", account)
    .where("action", "in", entrances)
    .where("at", ">", new Date(now.getTime() - familiarDays * 86_400_000))
    .execute();
  return entries.some(({ address }) => address !== null && addressKey(address) === network);
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
    {
      limit: allowances[kind],
      retryAfterSeconds: Math.max(1, Math.ceil(waitMilliseconds / 1_000)),
    },
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

/** Hashed: the table of counts needs nobody's e-mail; the audit keeps what was typed. */
function keyOf(kind: Kind, ...values: string[]): Buffer {
  return hashSecret(JSON.stringify([kind, ...values]));
}
