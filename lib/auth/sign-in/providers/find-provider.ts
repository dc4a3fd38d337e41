import { refuseBeforeSetUp } from "@/lib/auth/set-up/set-up";
import { githubProvider } from "@/lib/auth/sign-in/providers/github";
import { oidcProvider } from "@/lib/auth/sign-in/providers/oidc";
import type { SignInProvider } from "@/lib/auth/sign-in/providers/provider";
import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

export type ProviderSettings = Config["signIn"]["providers"][number];

/** A provider of pushline.yaml by its name. Throws `set_up_needed`, and `not_found` for a name it has not. */
export async function findProvider(
  context: Context,
  name: string,
): Promise<{ settings: ProviderSettings; provider: SignInProvider }> {
  await refuseBeforeSetUp(context);
  const settings = context.config.signIn.providers.find((known) => known.name === name);
  if (!settings)
    throw new Problem("not_found", "pushline.yaml has no provider of sign-in under this name.");
  return { settings, provider: providerOf(settings) };
}

/** Under which its people are known here. */
export function issuerOf(settings: ProviderSettings): string {
  return settings.kind === "oidc" ? settings.issuer : settings.url;
}

function providerOf(settings: ProviderSettings): SignInProvider {
  switch (settings.kind) {
    case "oidc":
      return oidcProvider(settings);
    case "github":
      return githubProvider(settings);
  }
}
