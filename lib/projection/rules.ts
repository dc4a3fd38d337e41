import type { Config } from "@/lib/config";
import { contentHash } from "@/lib/facts/canonical";

/**
 * A hash of what resolving, grouping and derivation read of the configuration. The
 * names of sources are not among it: one that is new has sent nothing, one that is
 * gone is kept.
 */
export function rulesOf({ services, environments, incidents, matching }: Config): string {
  return contentHash({ services, environments, incidents, matching });
}
