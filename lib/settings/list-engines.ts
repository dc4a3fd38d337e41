import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { pageByName } from "@/lib/http/cursor";
import type { EngineAnswer } from "@/lib/http/settings-answers";
import { fileFirst } from "@/lib/settings/file-first";

/** Where service graphs may be had, by name, without credentials. They are the whole instance's. */
export async function listEngines(
  context: Context,
  filter: { cursor?: string; limit?: number },
): Promise<Page<EngineAnswer>> {
  if (reachOf(context) !== null) return { items: [], nextCursor: null };
  const { config, db } = context;
  const stored = await db.selectFrom("configured_engines").selectAll().execute();
  const { inFile, besideIt } = fileFirst(config.provisioned.engines, config.engines, stored);
  const items = [
    ...inFile.map(({ name, url }) => engineAnswerOf({ name, url, sealed_credential: null }, true)),
    ...besideIt.map((row) => engineAnswerOf(row, false)),
  ];
  return pageByName(items, filter);
}

export function engineAnswerOf(
  engine: { name: string; url: string; sealed_credential: Buffer | null },
  provisioned: boolean,
): EngineAnswer {
  const url = new URL(engine.url);
  const hasUser = url.username !== "" || url.password !== "";
  if (hasUser) {
    url.username = "masked";
    url.password = "";
  }
  return {
    name: engine.name,
    url: url.href,
    hasCredential: hasUser || engine.sealed_credential !== null,
    provisioned,
  };
}
