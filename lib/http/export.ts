import { z } from "zod";
import type { Context } from "@/lib/context";
import { csvStream, toCsv } from "@/lib/http/csv";
import { jsonStream } from "@/lib/http/json-stream";
import { Problem } from "@/lib/http/problem";
import type { Route, RouteInput, Rows } from "@/lib/http/route";

export type ExportFormat = "csv" | "json";

/** What `?format=` asks for; null where the plain answer is wanted. Throws `invalid_field`. */
export function readFormat(format: string | null): ExportFormat | null {
  if (format === null || format === "csv" || format === "json") return format;
  throw new Problem("invalid_field", "An export is CSV or JSON.", {
    field: "format",
    expected: "csv or json",
  });
}

/**
 * An answer as a file. A list without `limit` and `cursor` comes whole, streamed
 * page by page; with one of them it is that page, with the next cursor in
 * X-Next-Cursor. Throws `invalid_field` for the CSV of what is no table.
 */
export async function exportAnswer<P, Q, B, A>(
  route: Route<P, Q, B, A>,
  context: Context,
  input: RouteInput<P, Q, B>,
  { format, paged }: { format: ExportFormat; paged: boolean },
): Promise<Response> {
  const headers = fileHeaders(route, context, format);
  const list = wholeList(route, context, input, paged);
  if (list) {
    const batches = await begun(list);
    const body =
      format === "csv" ? csvStream(batches, columnsOf(route.answer)) : jsonStream(batches);
    return new Response(body, { headers });
  }
  const answer = await route.run?.(context, input);
  if (answer instanceof Response) return answer;
  if (format === "json") return Response.json(answer ?? null, { headers });
  const rows = tableOf(route, answer);
  if (!rows)
    throw new Problem("invalid_field", "This answer is no table.", {
      field: "format",
      expected: "json",
    });
  return new Response(toCsv(rows, columnsOf(route.answer)), {
    headers: { ...headers, ...nextCursor(answer) },
  });
}

const types: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json",
};

function fileHeaders(
  { path }: Pick<Route, "path">,
  { clock }: Context,
  format: ExportFormat,
): Record<string, string> {
  const noun = path.split("/").findLast((part) => /^[a-z-]+$/.test(part)) ?? "answer";
  const day = clock.now().toISOString().slice(0, 10);
  return {
    "cache-control": "no-store",
    "content-type": types[format],
    "content-disposition": `attachment; filename="pushline-${noun}-${day}.${format}"`,
  };
}

/** Null for what is no list, and where a page of it is asked for. */
function wholeList<P, Q, B, A>(
  route: Route<P, Q, B, A>,
  context: Context,
  input: RouteInput<P, Q, B>,
  paged: boolean,
): AsyncIterable<Rows> | null {
  if (route.everyItem) return route.everyItem(context, input);
  return !paged && isPaged(route) ? everyPage(route, context, input) : null;
}

/** Whether a route's answers come in pages by a cursor. */
function isPaged({ query }: Pick<Route, "query">): boolean {
  return query instanceof z.ZodObject && "cursor" in query.shape && "limit" in query.shape;
}

const itemsAtOnce = 500;

async function* everyPage<P, Q, B, A>(
  route: Route<P, Q, B, A>,
  context: Context,
  input: RouteInput<P, Q, B>,
): AsyncGenerator<Rows> {
  for (let cursor: string | undefined; ; ) {
    const query = { ...input.query, limit: itemsAtOnce, cursor };
    const page = (await route.run?.(context, { ...input, query })) as {
      items: Rows;
      nextCursor?: string | null;
    };
    yield page.items;
    if (!page.nextCursor) return;
    cursor = page.nextCursor;
  }
}

/** With its first batch there: what is refused is refused before a file begins. */
async function begun(batches: AsyncIterable<Rows>): Promise<AsyncIterable<Rows>> {
  const iterator = batches[Symbol.asyncIterator]();
  let first: IteratorResult<Rows> | null = await iterator.next();
  return {
    [Symbol.asyncIterator]: () => ({
      next() {
        const next = first ? Promise.resolve(first) : iterator.next();
        first = null;
        return next;
      },
      return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    }),
  };
}

/** The route's own table, a list's items, or a row for each bucket of figures; null for what is no table. */
function tableOf<P, Q, B, A>(route: Route<P, Q, B, A>, answer: unknown): Rows | null {
  if (route.table) return route.table(answer as A);
  const { items, buckets, points } = (answer ?? {}) as Record<string, Rows | undefined>;
  const rows = items ?? buckets ?? points;
  return Array.isArray(rows) ? rows.map((row) => (buckets ? flat(row) : row)) : null;
}

/** `{ leadTime: { n: 1 } }` as `{ "leadTime.n": 1 }`. */
function flat(value: Record<string, unknown>, prefix = ""): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([name, member]) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.entries(flat(member as Record<string, unknown>, `${prefix}${name}.`))
      : [[`${prefix}${name}`, member] as const],
  );
  return Object.fromEntries(entries);
}

/** A list's columns as its schema says them. */
function columnsOf(schema: z.ZodType | undefined): string[] {
  const items = schema instanceof z.ZodObject ? schema.shape.items : undefined;
  const element = items instanceof z.ZodArray ? items.element : undefined;
  return element instanceof z.ZodObject ? Object.keys(element.shape) : [];
}

function nextCursor(answer: unknown): Record<string, string> {
  const { nextCursor: cursor } = answer as { nextCursor?: string | null };
  return cursor ? { "x-next-cursor": cursor } : {};
}
