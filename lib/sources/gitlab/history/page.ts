import type { Asked, HistoryItem } from "@/lib/sources/history";
import { identifier, isPayload, list, type Payload } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

export const perPage = "per_page=100";

/** Where everything of the project stands; its number outlives a move to another name. */
export function below({ details }: Pick<Asked, "details">, path: string): string {
  return `/projects/${details.id}${path}`;
}

/**
 * What changed since, the newest first by what never changes: in a list by update a row
 * that is updated while the list is read slips past.
 */
export function changedSince({ since }: Pick<Asked, "since">, by: "id" | "created_at"): string {
  const query = new URLSearchParams({ order_by: by, sort: "desc" });
  if (since) query.set("updated_after", since.toISOString());
  return `${query}&${perPage}`;
}

/** The items of a page as new as was asked for, by the member that dates them, cut to what is read. */
export function itemsOf(
  page: unknown,
  { since }: Pick<Asked, "since">,
  by: { id: string; at: string; members: readonly string[] },
): { items: HistoryItem[]; ended: boolean } {
  const items = list(page)
    .filter(isPayload)
    .flatMap((given) => {
      const id = identifier(given[by.id]);
      const at = toTime(given[by.at]);
      const isOlder = since !== null && at !== null && at < since.toISOString();
      return id === null || isOlder ? [] : [{ id, given: cut(given, by.members) }];
    });
  return { items, ended: false };
}

/** Lists repeat avatars, counts of comments and votes, which change with no change of ours. */
export function cut(given: Payload, members: readonly string[]): Payload {
  return Object.fromEntries(
    members.flatMap((member) => (member in given ? [[member, given[member]]] : [])),
  );
}

/** A delivery's body, as GitLab's webhooks have it: the project beside what it is about. */
export function bodyOf({ subject, details }: Asked, members: Payload): Payload {
  const project = {
    path_with_namespace: subject,
    default_branch: details.branch ?? null,
    web_url: details.url ?? null,
  };
  return { project, ...members };
}

/** Who it was, without address and picture. */
export function personIn(value: unknown): Payload | null {
  return isPayload(value) ? cut(value, ["id", "username", "name"]) : null;
}
