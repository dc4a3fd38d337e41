import { sql } from "kysely";
import { stringify } from "yaml";
import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import type { MappingAnswer } from "@/lib/http/replay-answers";
import { deliveriesChannel } from "@/lib/ingest/door";
import { saveMapping } from "@/lib/projection/replay/save-mapping";
import { heldSource } from "@/lib/settings/held-source";
import { mappingSource } from "@/lib/settings/mapping-source";
import { readMapping, writtenMapping } from "@/lib/settings/written-mapping";

export const mappingBody = z.strictObject({ mapping: writtenMapping });
export type MappingBody = z.output<typeof mappingBody>;

/** The rules of a source as YAML. Throws `not_found`, and `conflict` for one that has a reader. */
export async function readSourceMapping(context: Context, name: string): Promise<MappingAnswer> {
  authorise(context, "admin");
  mappingSource(context, name);
  const row = await context.db
    .selectFrom("source_mappings")
    .selectAll()
    .where("source", "=", name)
    .executeTakeFirst();
  return {
    source: name,
    mapping: row ? (row.written ?? stringify(row.rules)) : "",
    provisioned: context.config.provisioned.sources.includes(name),
    savedAt: iso(row?.saved_at ?? null),
  };
}

/**
 * Lets a source's deliveries be read by these rules, those that are kept as well. Throws
 * `invalid_field` with every mistake, `not_found`, `conflict`, and `provisioned` for a
 * source of pushline.yaml.
 */
export async function saveSourceMapping(
  context: Context,
  name: string,
  { mapping }: MappingBody,
): Promise<MappingAnswer & { deliveries: number }> {
  authorise(context, "admin");
  mappingSource(context, name);
  const { rules, text } = readMapping(mapping);
  const deliveries = await context.db.transaction().execute(async (trx) => {
    await heldSource(trx, context, name);
    const kept = await saveMapping(trx, name, {
      rules,
      written: text,
      savedAt: context.clock.now(),
    });
    await recordAudit(trx, context, {
      action: "source.mapped",
      subject: { kind: "source", id: name },
      details: { rules: rules.length, deliveries: kept },
    });
    await sql`select pg_notify(${deliveriesChannel}, '')`.execute(trx);
    return kept;
  });
  return { ...(await readSourceMapping(context, name)), deliveries };
}
