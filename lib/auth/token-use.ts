import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { oncePerProcess } from "@/lib/once-per-process";

const noted = oncePerProcess("token-use", () => new Map<string, Date>());

/** Remembers that a token was used; written down now and then, since a write for each request would cost more than the request. */
export function noteTokenUse(id: string, at: Date): void {
  noted.set(id, at);
}

/** Writes down what was noted since the last time; what cannot be written stays noted. */
export async function writeTokenUse(db: Kysely<Database>): Promise<void> {
  for (const [id, at] of [...noted]) {
    await db.updateTable("tokens").set({ last_used_at: at }).where("id", "=", id).execute();
    if (noted.get(id) === at) noted.delete(id);
  }
}
