import type { Context } from "@/lib/context";

const pagesBefore = 49;

/** Pages forward once; what is asked again and again is the page that it came to. */
export function deepPage(
  list: (context: Context, cursor: string | null) => Promise<{ nextCursor: string | null }>,
): (context: Context) => Promise<unknown> {
  const cursors = new WeakMap<Context, string | null>();
  return async (context) => {
    let cursor = cursors.get(context);
    if (cursor === undefined) {
      cursor = null;
      for (let page = 0; page < pagesBefore; page += 1) {
        const { nextCursor } = await list(context, cursor);
        if (nextCursor === null) break;
        cursor = nextCursor;
      }
      cursors.set(context, cursor);
    }
    return list(context, cursor);
  };
}
