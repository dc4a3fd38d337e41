import type { Asked, HistoryItem } from "@/lib/sources/history";
import { count, identifier, isPayload, list, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/** Where everything of the repository stands, by the project's key and the repository's. */
export function below({ details }: Pick<Asked, "details">, path: string): string {
  const [project, slug] = [details.project, details.slug].map((name) =>
    encodeURIComponent(name ?? ""),
  );
  return `/rest/api/1.0/projects/${project}/repos/${slug}${path}`;
}

/** The items of a page that are as new as was asked for, cut to what is read; older ones end no list. */
export function itemsOf(
  page: unknown,
  { since }: Pick<Asked, "since">,
  by: { at: string; cut: (given: Payload) => Payload },
): { items: HistoryItem[]; ended: boolean } {
  const items = list(part(page).values)
    .filter(isPayload)
    .flatMap((given) => {
      const id = identifier(given.id);
      const at = toTime(given[by.at]);
      const isOlder = since !== null && at !== null && at < since.toISOString();
      return id === null || isOlder ? [] : [{ id, given: by.cut(given) }];
    });
  return { items, ended: false };
}

/** A page says by itself where the next one starts. */
export function nextPage(page: unknown, path: string): string | null {
  const { isLastPage, nextPageStart } = part(page);
  const start = count(nextPageStart);
  if (isLastPage !== false || start === null) return null;
  const [at = "", given] = path.split("?");
  const query = new URLSearchParams(given);
  query.set("start", String(start));
  return `${at}?${query}`;
}

/** A delivery's body, as the webhooks have it: the repository beside what it is about. */
export function bodyOf({ details }: Pick<Asked, "details">, members: Payload): Payload {
  return { repository: { slug: details.slug, project: { key: details.project } }, ...members };
}

/** Who it was, without address and picture. */
export function personIn(value: unknown): Payload | null {
  if (!isPayload(value)) return null;
  const { name, slug, displayName } = value;
  return { name, slug, displayName };
}
