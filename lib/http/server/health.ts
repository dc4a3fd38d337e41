import { sql } from "kysely";
import { Problem } from "@/lib/http/problem";
import type { Exchange } from "@/lib/http/server/exchange";
import type { House } from "@/lib/http/server/house";
import { sendJson } from "@/lib/http/server/send";

const patienceMilliseconds = 2_000;

export async function answerHealth(_house: House, { response }: Exchange): Promise<void> {
  sendJson(response, 200, { status: "alive" });
}

/** Ready when the door's own connections reach a database that takes writes, and we are not stopping. */
export async function answerReadiness(house: House, { response }: Exchange): Promise<void> {
  if (house.closing) throw new Problem("overloaded", "Pushline is stopping.");
  const asked = sql<{ standby: boolean }>`select pg_is_in_recovery() as standby`.execute(
    house.context.ingestDb,
  );
  const { rows } = await withPatience(asked);
  if (rows[0]?.standby !== false)
    throw new Problem("storage_unavailable", "The database takes no writes just now.");
  sendJson(response, 200, { status: "ready" });
}

function withPatience<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const slow = () =>
      reject(new Problem("storage_unavailable", "The database does not answer just now."));
    const timer = setTimeout(slow, patienceMilliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
