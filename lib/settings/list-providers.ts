import { type AuthMode, authModes } from "@/lib/config/schema";
import type { Page } from "@/lib/http/answers";
import type { ProviderAnswer } from "@/lib/http/settings-answers";
import type { Reader } from "@/lib/sources/reader";
import { configurableProviders } from "@/lib/sources/registry";

/** What a source may be of, by title, and how each may prove itself. */
export async function listProviders(): Promise<Page<ProviderAnswer>> {
  const byTitle = [...configurableProviders].sort((one, other) =>
    titleOf(one).localeCompare(titleOf(other), "en"),
  );
  const items = byTitle.map((provider) => ({
    name: provider.name,
    title: titleOf(provider),
    auths: authsOf(provider),
    offers: authsOf(provider).filter((auth) => provider.guide.offers?.includes(auth) ?? true),
    makesSecret: provider.guide.makesSecret ?? false,
    defaultAuth: provider.defaultAuth,
    canTest: canTest(provider, provider.defaultAuth),
    icon: { viewBox: "0 0 24 24", ...provider.guide.icon },
  }));
  return { items, nextCursor: null };
}

/** The ways in which its sources may prove themselves, the usual one first. */
export function authsOf({ defaultAuth, verify }: Pick<Reader, "defaultAuth" | "verify">) {
  const others = authModes.filter((auth) => auth !== defaultAuth);
  return [defaultAuth, ...others].filter((auth) => auth !== "signature" || verify);
}

export function titleOf({ title, name }: Pick<Reader, "title" | "name">): string {
  return title ?? name;
}

/** Whether Pushline can send in the name of such a source. */
export function canTest(
  { testDelivery, sign }: Pick<Reader, "testDelivery" | "sign">,
  auth: AuthMode,
): boolean {
  return testDelivery !== undefined && (auth !== "signature" || sign !== undefined);
}
