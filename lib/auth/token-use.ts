import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";

/** Under one key of globalThis: the server and Next load modules apart. */
const key = Symbol.for("pushline.token-use");
const holder = globalThis as { [key]?: Map<string, Date> };

/** Remembers that a token was used; written down now and then, since a write for each request would cost more than the request. */
export function noteTokenUse(id: string, at: Date): void {
  holder[key] ??= new Map();
  holder[key].set(id, at);
}

/** Writes down what was noted since the last time; what cannot be written stays noted. */
export async function writeTokenUse(db: Kysely<Database>): Promise<void> {
  for (const [id, at] of [...(holder[key] ?? [])]) {
    await db.updateTable("tokens").set({ last_used_at: at }).where("id", "=", id).execute();
    if (holder[key]?.get(id) === at) holder[key].delete(id);
  }
}
