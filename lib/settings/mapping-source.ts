import type { ConfigSource } from "@/lib/config";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { providerNamed } from "@/lib/sources/registry";

/** A source that is read by rules of its own. Throws `not_found`, and `conflict` for one with a reader. */
export function mappingSource({ config }: Pick<Context, "config">, name: string): ConfigSource {
  const source = config.sources.find((known) => known.name === name);
  if (!source) throw new Problem("not_found", "There is no source of this name.");
  if (!providerNamed(source.provider)?.readBy)
    throw new Problem(
      "conflict",
      `${source.provider} has a reader: only a mapping source has rules.`,
    );
  return source;
}
