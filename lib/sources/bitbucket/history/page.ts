import type { Asked, HistoryPage } from "@/lib/sources/history";
import { identifier, isPayload, list, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/** Where everything of the repository stands. */
export function below(subject: string, path: string): string {
  return `/repositories/${subject.split("/").map(encodeURIComponent).join("/")}${path}`;
}

/** The items of a page, newest first by what dates them, cut to what is read; it ends at the first older one. */
export function itemsOf(
  page: unknown,
  { since }: Pick<Asked, "since">,
  by: { id: string; at: (given: Payload) => unknown; cut: (given: Payload) => Payload },
): HistoryPage {
  const given = list(part(page).values).filter(isPayload);
  const isOlder = (one: Payload) =>
    since !== null && (toTime(by.at(one)) ?? "9") < since.toISOString();
  return {
    items: given.flatMap((one) => {
      const id = identifier(one[by.id]);
      return id === null || isOlder(one) ? [] : [{ id, given: by.cut(one) }];
    }),
    ended: given.some(isOlder),
  };
}

/** A delivery's body, as Bitbucket's webhooks have it: the repository beside what it is about. */
export function bodyOf({ subject }: Asked, members: Payload): Payload {
  return { repository: { full_name: subject }, ...members };
}

/** Who it was, without links and pictures. */
export function personIn(value: unknown): Payload | null {
  if (!isPayload(value)) return null;
  const { uuid, account_id, nickname, username, display_name, raw, user } = value;
  const person = { uuid, account_id, nickname, username, display_name, raw };
  return { ...person, ...(isPayload(user) && { user: personIn(user) }) };
}

export function addressIn({ links }: Payload): Payload {
  return { html: { href: part(part(links).html).href } };
}
