import { readFileSync } from "node:fs";
import type { Provider } from "@/lib/sources/reader";
import { configurableProviders } from "@/lib/sources/registry";
import { fixturesOf } from "@/lib/sources/testing/fixtures";

const exactGrades = ["captured", "vendor", "own"];

/** docs/providers.md: every provider, the facts that its published payloads turn into, and its page. */
export function providersPage(): string {
  return [
    "# Providers",
    "",
    "What can be a source (Settings → Sources, or `sources` in `pushline.yaml`). Each has a page with the",
    "clicks and YAML on its side. Not listed: [map its JSON](../lib/sources/mapping/README.md), send",
    "[Pushline's own events](../lib/sources/native/README.md), or [add a provider](adding-a-provider.md).",
    "",
    "| provider | name in `pushline.yaml` | turns into |",
    "|---|---|---|",
    ...[...configurableProviders]
      .sort((a, b) => titleOf(a).localeCompare(titleOf(b), "en"))
      .map(providerRow),
    "",
    "Made by `npx tsx scripts/dump-providers.ts` from the registry and the recorded payloads.",
    "",
  ].join("\n");
}

/** Its line on that page. */
export function providerRow(provider: Provider): string {
  const fixtures = fixturesOf(provider.name);
  const exact = fixtures.filter(({ grade }) => exactGrades.includes(grade));
  // Of some only what third parties recorded is public.
  const facts = (exact.length > 0 ? exact : fixtures).flatMap(({ expect }) => expect);
  const words = [...new Set(facts)].map((fact) => fact.replaceAll("_", " ")).sort();
  const turnsInto = words.join(", ") || "whatever it carries";
  return `| [${titleOf(provider)}](../lib/sources/${provider.name}/README.md) | \`${provider.name}\` | ${turnsInto} |`;
}

/** A provider's page. Throws where it has none. */
export function readmeOf(provider: string): string {
  return readFileSync(new URL(`../${provider}/README.md`, import.meta.url), "utf8");
}

/** docs/providers.md as it is. */
export function keptProvidersPage(): string {
  return readFileSync(new URL("../../../docs/providers.md", import.meta.url), "utf8");
}

function titleOf({ title, name }: Provider): string {
  return title ?? name;
}
