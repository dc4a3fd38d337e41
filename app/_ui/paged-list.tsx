import type { InfiniteData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card } from "@/app/_ui/card";
import { More } from "@/app/_ui/more";
import { ShownCount } from "@/app/_ui/shown-count";
import { Failure, Skeleton } from "@/app/_ui/states";

interface Pages<Item> {
  data: InfiniteData<{ items: Item[] }> | undefined;
  error: Error | null;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch(): unknown;
  fetchNextPage(): unknown;
}

interface PagedListProps<Item> {
  query: Pages<Item>;
  /** What is said of an empty list. */
  empty: ReactNode;
  /** Whether it says how many of its time range stand there. */
  counted?: boolean;
  /** As many as will stand there, so that nothing jumps. */
  lines?: number;
  children: (items: Item[]) => ReactNode;
}

/** A list that comes in pages: loading, refused, empty, or its items and more of them. */
export function PagedList<Item>({
  query,
  empty,
  counted,
  lines = 10,
  children,
}: PagedListProps<Item>) {
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    // A list may be longer than a sheet of paper; its head comes again on the next.
    <Card padded={false} className="print:break-inside-auto">
      <div className="px-3.5 py-2">
        {query.error && !query.data ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <Skeleton lines={lines} />
        ) : items.length === 0 ? (
          empty
        ) : (
          <>
            {counted && <ShownCount n={items.length} more={query.hasNextPage} />}
            {children(items)}
            <More
              hasMore={query.hasNextPage}
              loading={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          </>
        )}
      </div>
    </Card>
  );
}
