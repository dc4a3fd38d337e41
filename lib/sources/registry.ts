import { alertmanager } from "@/lib/sources/alertmanager";
import { github } from "@/lib/sources/github";
import { native } from "@/lib/sources/native";
import type { Provider } from "@/lib/sources/reader";

/** Every provider that Pushline reads: one folder and one line each. */
export const providers: readonly Provider[] = [github, alertmanager, native];

/** The provider of that name, as pushline.yaml and the deliveries table have it; null when unknown. */
export function providerNamed(name: string): Provider | null {
  return providers.find((provider) => provider.name === name) ?? null;
}
