import { sql } from "kysely";
import { z } from "zod";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { publicId } from "@/lib/facts/keys";
import { Problem } from "@/lib/http/problem";
import type { MappingPreviewAnswer } from "@/lib/http/replay-answers";
import { deliveryId } from "@/lib/ingest/list-deliveries";
import { maskValues } from "@/lib/ingest/mask";
import { outcomeOf } from "@/lib/projection/outcomes";
import { readStored, type StoredDelivery, spokenBy } from "@/lib/projection/read-stored";
import { mappingSource } from "@/lib/settings/mapping-source";
import { readMapping, writtenMapping } from "@/lib/settings/written-mapping";

export const mappingPreviewBody = z.strictObject({ mapping: writtenMapping, delivery: z.string() });
export type MappingPreviewBody = z.output<typeof mappingPreviewBody>;

/**
 * What one kept delivery of a source would come to by these rules; nothing is stored. Throws
 * `invalid_field` with every mistake of the rules, `not_found`, and `conflict` for a source
 * that has a reader.
 */
export async function previewMapping(
  context: Context,
  name: string,
  { mapping, delivery }: MappingPreviewBody,
): Promise<MappingPreviewAnswer> {
  authorise(context, "admin");
  mappingSource(context, name);
  const { rules } = readMapping(mapping);
  const stored = await findDelivery(context, name, deliveryId(delivery) ?? -1);
  const [read] = await readStored([stored], new Map([[name, rules]]), { isTrial: true });
  if (!read) throw new Error("A delivery has a reading.");
  const { outcome, error_code: code, error } = outcomeOf(read.delivery, read.reading);
  // Rules that are tried show no more of a delivery than the inbox does.
  const secrets = context.config.sources.flatMap((source) => source.secrets);
  return {
    outcome,
    error: code === null ? null : maskValues({ code, detail: error ?? "" }, secrets),
    facts: spokenBy(read).statements.map(({ noun, key, members }) => ({
      noun,
      id: publicId(noun, key),
      key,
      members: maskValues({ ...members }, secrets),
    })),
  };
}

async function findDelivery({ db }: Context, source: string, id: number): Promise<StoredDelivery> {
  const { rows } = await sql<StoredDelivery>`
    select id, source, provider, headers, body, received_at, outcome
    from deliveries where id = ${id} and source = ${source}`.execute(db);
  const [row] = rows;
  if (!row) throw new Problem("not_found", "There is no delivery with this id of this source.");
  return row;
}
