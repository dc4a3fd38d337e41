import { Problem } from "@/lib/http/problem";
import type { ProviderGuideAnswer } from "@/lib/http/settings-answers";
import { authsOf, titleOf } from "@/lib/settings/list-providers";
import { markedGiven } from "@/lib/sources/guide";
import { configurableProviders } from "@/lib/sources/registry";

/**
 * What to do on a provider's side, with marks where a source's own texts go: its
 * secret stays with whoever was shown it. Throws `not_found`.
 */
export async function findProviderGuide(name: string): Promise<ProviderGuideAnswer> {
  const provider = configurableProviders.find((candidate) => candidate.name === name);
  if (!provider) throw new Problem("not_found", "There is no provider of this name.");
  const ways = authsOf(provider).map((auth) => ({
    auth,
    steps: provider.guide.steps(markedGiven(auth)).map(({ text, fields, code }) => ({
      text,
      code,
      fields: fields?.map(([label, value]): [string, string] => [label, value]),
    })),
  }));
  return { name, title: titleOf(provider), ways };
}
