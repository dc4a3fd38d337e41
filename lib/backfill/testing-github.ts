import { itemsPerPage, linksOf, type TestProvider } from "@/lib/backfill/testing-api";
import { answersOf, repository } from "@/lib/backfill/testing-shop";

/** GitHub's REST API as an Enterprise Server has it, for the one repository of testing-shop.ts. */
export const testGithub: TestProvider = {
  provider: "github",
  subject: repository,
  path: "/api/v3",
  serve(asked) {
    const { pathname, searchParams } = asked.url;
    const found = answersOf(pathname, searchParams);
    if (found === undefined) return undefined;
    const page = Number(searchParams.get("page") ?? 1);
    const { json, pages } = paged(found, page);
    return { json, headers: linksOf(asked, page, pages) };
  },
};

/** What is one object is one page. */
function paged(found: unknown, page: number): { json: unknown; pages: number } {
  const cut = (items: unknown[]) => items.slice((page - 1) * itemsPerPage, page * itemsPerPage);
  const count = (items: unknown[]) => Math.max(1, Math.ceil(items.length / itemsPerPage));
  if (Array.isArray(found)) return { json: cut(found), pages: count(found) };
  const [name, items] =
    Object.entries(Object(found)).find(([, value]) => Array.isArray(value)) ?? [];
  const isCounted = name !== undefined && "total_count" in Object(found);
  if (!isCounted) return { json: found, pages: 1 };
  return {
    json: { ...Object(found), [name]: cut(items as unknown[]) },
    pages: count(items as unknown[]),
  };
}
