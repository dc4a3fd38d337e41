"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { addressOf, type Search } from "@/app/_query/address";
import { buttonClass } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { formatCount } from "@/app/_ui/format";
import { More } from "@/app/_ui/more";
import { Empty, Failure, Skeleton } from "@/app/_ui/states";
import type { Page } from "@/lib/http/answers";

/** A paged list of builds or test runs: loading, failed, empty, or its rows. */
export function RunList<Item>({
  query,
  noun,
  children,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  noun: string;
  children: (items: Item[]) => ReactNode;
}) {
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card padded={false}>
      <div className="px-3.5 py-2">
        {query.error && !query.data ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <Skeleton lines={14} />
        ) : items.length === 0 ? (
          <Empty title={`No ${noun} here`}>None in this time range with these filters.</Empty>
        ) : (
          <>
            <p className="pb-1 text-muted" aria-live="polite">
              {formatCount(items.length)}
              {query.hasNextPage ? " newest" : ""} of this range
            </p>
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

export function CsvLink({ path, search, file }: { path: string; search: Search; file: string }) {
  const href = addressOf(path, { ...search, limit: 500, format: "csv" });
  return (
    <a href={href} download={file} className={buttonClass()}>
      <Download aria-hidden="true" size={14} /> CSV
    </a>
  );
}
