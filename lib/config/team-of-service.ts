import type { Config } from "@/lib/config";

/** The team that the service's rule names; null for none, and for a service without a rule. */
export function teamOfService(config: Pick<Config, "services">, service: string): string | null {
  return config.services.find(({ name }) => name === service)?.team ?? null;
}
