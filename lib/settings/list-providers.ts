import { type AuthMode, authModes } from "@/lib/config/schema";
import type { Page } from "@/lib/http/answers";
import type { ProviderAnswer } from "@/lib/http/settings-answers";
import type { Provider } from "@/lib/sources/reader";
import { configurableProviders } from "@/lib/sources/registry";

/** What a source may be of, by name, and how each may prove itself. */
export async function listProviders(): Promise<Page<ProviderAnswer>> {
  const items = configurableProviders.map((provider) => {
    const { name, defaultAuth, verify } = provider;
    const others = authModes.filter((auth) => auth !== defaultAuth);
    const auths = [defaultAuth, ...others].filter((auth) => auth !== "signature" || verify);
    return {
      name,
      title: titleOf(provider),
      auths,
      defaultAuth,
      canTest: canTest(provider, defaultAuth),
    };
  });
  return { items, nextCursor: null };
}

export function titleOf({ title, name }: Pick<Provider, "title" | "name">): string {
  return title ?? name;
}

/** Whether Pushline can send in the name of such a source. */
export function canTest(
  { testDelivery, sign }: Pick<Provider, "testDelivery" | "sign">,
  auth: AuthMode,
): boolean {
  return testDelivery !== undefined && (auth !== "signature" || sign !== undefined);
}
