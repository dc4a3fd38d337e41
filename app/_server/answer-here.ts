import { cache } from "react";
import { pageContext } from "@/app/_server/page-context";
import { findRoute } from "@/lib/http/find-route";

/**
 * What the API would answer to a page's GET, without a request; once for all who ask while the
 * page is made. Undefined where it would refuse or fail: then the browser asks by itself and says why.
 */
export const answerHere = cache(async (path: string, search: string): Promise<unknown> => {
  const found = findRoute("GET", path);
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
});
