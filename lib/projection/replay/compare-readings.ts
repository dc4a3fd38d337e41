import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { canonicalJson } from "@/lib/facts/canonical";
import type { Statement } from "@/lib/facts/types";
import { type DeliveryOutcome, outcomeOf } from "@/lib/projection/outcomes";
import type { ReadDelivery } from "@/lib/projection/read-stored";

/** A delivery that comes to something else now than when it was last read. */
export interface ChangedReading extends ReadDelivery {
  before: StoredOutcome;
  /** What it came to say of things changed, and not its outcome's words alone. */
  saysElse: boolean;
}

type StoredOutcome = Pick<DeliveryOutcome, "id" | "outcome" | "error_code" | "error">;

/** Those of these readings that differ from what is stored of their deliveries, in their order. */
export async function changedReadings(
  db: Kysely<Database>,
  read: readonly ReadDelivery[],
): Promise<ChangedReading[]> {
  const ids = read.map(({ delivery }) => delivery);
  const [outcomes, statements] = await Promise.all([
    readOutcomes(db, ids),
    readStatements(db, ids),
  ]);
  return read.flatMap((one) => {
    const before = outcomes.get(one.delivery);
    if (!before) return [];
    const said = one.reading.outcome === "read" ? one.reading.statements : [];
    const saysElse =
      one.reading.outcome !== "unfinished" &&
      textOf(said) !== textOf(statements.get(one.delivery) ?? []);
    const { outcome, error_code, error } = outcomeOf(one.delivery, one.reading);
    const isSame =
      before.outcome === outcome && before.error_code === error_code && before.error === error;
    return saysElse || !isSame ? [{ ...one, before, saysElse }] : [];
  });
}

/** Equal for statements that come to the same in the table, whatever is undefined in them. */
function textOf(statements: readonly Statement[]): string {
  return canonicalJson(
    statements.map(({ noun, key, asOf, timeFromReceipt = false, members }) => [
      noun,
      key,
      asOf,
      timeFromReceipt,
      members,
    ]),
  );
}

async function readOutcomes(
  db: Kysely<Database>,
  ids: readonly number[],
): Promise<Map<number, StoredOutcome>> {
  const rows = await db
    .selectFrom("deliveries")
    .select(["id", "outcome", "error_code", "error"])
    .where(sql<boolean>`id = any(${[...ids]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row as StoredOutcome]));
}

type StatementRow = { delivery_id: number; as_of: string; time_from_receipt: boolean } & Statement;

async function readStatements(
  db: Kysely<Database>,
  ids: readonly number[],
): Promise<Map<number, Statement[]>> {
  const { rows } = await sql<StatementRow>`
    select delivery_id, noun, key, as_of, time_from_receipt, members
    from statements where delivery_id = any(${[...ids]}::bigint[])
    order by delivery_id, ordinal`.execute(db);
  const byDelivery = new Map<number, Statement[]>();
  for (const { delivery_id, as_of, time_from_receipt, ...said } of rows) {
    const statement = { ...said, asOf: as_of, timeFromReceipt: time_from_receipt };
    const others = byDelivery.get(delivery_id);
    if (others) others.push(statement);
    else byDelivery.set(delivery_id, [statement]);
  }
  return byDelivery;
}
