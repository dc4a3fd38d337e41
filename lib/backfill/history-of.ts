import type { BackfillKind } from "@/db/schema/backfills";
import type { History } from "@/lib/sources/history";
import { providerNamed } from "@/lib/sources/registry";

/** What a backfill of this kind asks its provider's API; null where nothing here does. */
export function historyOf(of: { provider: string; kind: BackfillKind }): History | null {
  const provider = providerNamed(of.provider);
  return (of.kind === "missed" ? provider?.missed : provider?.history) ?? null;
}
