import type { Site } from "@/lib/context";

/** Under which address the asker reaches this instance: the configured one, or the one just used. */
export function baseAddress({ baseUrl }: Pick<Site, "baseUrl">, headers?: Headers): string {
  return baseUrl ?? `http://${headers?.get("host") ?? "127.0.0.1"}`;
}
