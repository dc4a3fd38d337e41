import { sql } from "kysely";
import { replaceStatements } from "@/lib/facts/statements";
import { outcomeOf } from "@/lib/projection/outcomes";
import { refused } from "@/lib/projection/project-deliveries";
import { type ReadDelivery, type StoredDelivery, spokenBy } from "@/lib/projection/read-stored";
import type { Generation } from "@/lib/projection/rebuild/generation";
import { keepOutcomes } from "@/lib/projection/rebuild/keep-outcomes";
import type { LeftOut } from "@/lib/projection/rebuild/left-out";
import { isPoison } from "@/lib/projection/trouble";

const deliveriesAtOnce = 1_000;
const batchBytes = 16 * 1024 * 1024;

/**
 * Reads every settled delivery that the next generation has not read, oldest
 * first, into statements alone, but those `leftOut`: facts are made when all has been said. While one
 * batch is read, the one before is stored and the one after is fetched.
 */
export async function readDeliveries(
  generation: Generation,
  leftOut: LeftOut,
  onRead: (deliveries: number) => Promise<void>,
): Promise<void> {
  let storing: Promise<unknown> = Promise.resolve();
  let next = fetchAfter(generation, 0);
  for (;;) {
    const batch = await next;
    const last = batch.at(-1);
    if (!last) break;
    next = fetchAfter(generation, last.id);
    // What fails while something else is awaited is thrown at its own turn.
    next.catch(() => undefined);
    const read = await leftOut.read(generation.db, batch);
    await storing;
    storing = store(generation, read).then(() => onRead(batch.length));
    storing.catch(() => undefined);
  }
  await storing;
}

/** As many as fit into memory comfortably; one of any size. */
async function fetchAfter({ db }: Generation, after: number): Promise<StoredDelivery[]> {
  const { rows } = await sql<StoredDelivery>`
    with unread as (
      select d.id, octet_length(d.body) as bytes from deliveries d
      where d.id > ${after} and d.outcome <> 'pending'
        and not exists (select from rebuilt r where r.id = d.id)
      order by d.id limit ${deliveriesAtOnce}
    ),
    measured as (
      select id, coalesce(sum(bytes) over (order by id rows between unbounded preceding and 1 preceding), 0) as before
      from unread
    )
    select d.id, d.source, d.provider, d.headers, d.body, d.received_at, d.outcome
    from deliveries d join measured m on m.id = d.id
    where m.before < ${batchBytes}
    order by d.id`.execute(db);
  return rows;
}

/** What is refused is found by halving and quarantined alone. */
async function store(generation: Generation, read: readonly ReadDelivery[]): Promise<void> {
  if (read.length === 0) return;
  try {
    await generation.db.transaction().execute(async (trx) => {
      await replaceStatements(trx, read.map(spokenBy));
      await keepOutcomes(
        trx,
        read.map(({ delivery, reading }) => outcomeOf(delivery, reading)),
      );
    });
  } catch (error) {
    if (!isPoison(error)) throw error;
    const [only] = read;
    if (only && read.length === 1)
      return store(generation, [{ ...only, reading: refused(error.message) }]);
    const half = Math.ceil(read.length / 2);
    await store(generation, read.slice(0, half));
    await store(generation, read.slice(half));
  }
}
