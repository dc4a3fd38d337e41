import type { Asked, HistoryItem } from "@/lib/sources/history";
import { identifier, isPayload, list, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

export const perPage = "per_page=100";

/** Neither part may be dots alone: they would climb out of the API's address. */
export const repositoryName = /^(?!\.+\/)[\w.-]{1,100}\/(?!\.+$)[\w.-]{1,100}$/;

/** Where everything of the repository stands. */
export function below(repository: string, path: string): string {
  return `/repos/${repository.split("/").map(encodeURIComponent).join("/")}${path}`;
}

/**
 * The items of a page that are as new as was asked for, by the member that dates them.
 * A list that is newest first ends at the first older one.
 */
export function itemsOf(
  page: unknown,
  { since }: Pick<Asked, "since">,
  by: { id: string; at: string; newestFirst: boolean },
): { items: HistoryItem[]; ended: boolean } {
  const items: HistoryItem[] = [];
  let ended = false;
  for (const given of list(page).filter(isPayload)) {
    const id = identifier(given[by.id]);
    const at = toTime(given[by.at]);
    const isOlder = since !== null && at !== null && at < since.toISOString();
    if (isOlder && by.newestFirst) ended = true;
    if (id !== null && !isOlder) items.push({ id, given: withoutRepositories(given) as Payload });
  }
  return { items, ended };
}

/** A delivery's body, as GitHub's webhooks have it: the repository beside what it is about. */
export function bodyOf({ subject }: Asked, members: Payload): Payload {
  return { repository: { full_name: subject }, ...(withoutRepositories(members) as Payload) };
}

const repositories = ["repo", "repository", "head_repository"];

/** Each answer repeats the whole repository, down to its stars, which change with no change of ours. */
function withoutRepositories(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRepositories);
  if (!isPayload(value)) return value;
  const kept = Object.entries(part(value)).filter(([name]) => !repositories.includes(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutRepositories(member)]));
}
