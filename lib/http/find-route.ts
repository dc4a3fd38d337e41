import { manifest } from "@/lib/http/manifest";
import type { Route } from "@/lib/http/route";

/** The route of an address, with the parameters that its path holds; null for none. */
export function findRoute(
  method: string,
  path: string,
): { route: Route; parameters: Record<string, string> } | null {
  const given = path.split("/");
  for (const route of manifest) {
    const wanted = route.path.split("/");
    if (route.method !== method || wanted.length !== given.length) continue;
    const isThis = wanted.every((part, index) => part.startsWith("{") || part === given[index]);
    if (!isThis) continue;
    const named = wanted.flatMap((part, index) =>
      part.startsWith("{") ? [[part.slice(1, -1), decodeURIComponent(given[index] ?? "")]] : [],
    );
    return { route, parameters: Object.fromEntries(named) };
  }
  return null;
}
