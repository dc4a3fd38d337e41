import { pageContext } from "@/app/_server/page-context";
import { manifest } from "@/lib/http/manifest";
import type { Route } from "@/lib/http/route";

/**
 * What the API would answer to a page's GET, without a request. Undefined where
 * it would refuse or fail: then the browser asks by itself and says why.
 */
export async function answerHere(path: string, search: string): Promise<unknown> {
  const found = routeOf(path);
  if (!found?.route.run) return undefined;
  const query = found.route.query?.safeParse(Object.fromEntries(new URLSearchParams(search)));
  const parameters = found.route.parameters?.safeParse(found.parameters);
  if (query?.success === false || parameters?.success === false) return undefined;
  try {
    return await found.route.run(await pageContext(), {
      parameters: parameters?.data,
      query: query?.data,
      body: undefined,
    });
  } catch {
    return undefined;
  }
}

function routeOf(path: string): { route: Route; parameters: Record<string, string> } | null {
  const given = path.split("/");
  for (const route of manifest) {
    const wanted = route.path.split("/");
    if (route.method !== "GET" || wanted.length !== given.length) continue;
    const isThis = wanted.every((part, index) => part.startsWith("{") || part === given[index]);
    if (!isThis) continue;
    const names = wanted.flatMap((part, index) =>
      part.startsWith("{") ? [[part.slice(1, -1), decodeURIComponent(given[index] ?? "")]] : [],
    );
    return { route, parameters: Object.fromEntries(names) };
  }
  return null;
}
