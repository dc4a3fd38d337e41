"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useFilters } from "@/app/_filters/use-filters";
import { addressOf } from "@/app/_query/address";
import { deploymentPages } from "@/app/_query/queries";
import { buttonClass } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { formatCount } from "@/app/_ui/format";
import { More } from "@/app/_ui/more";
import { PageHead } from "@/app/_ui/page-head";
import { Empty, Failure, Skeleton } from "@/app/_ui/states";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import { DeploymentFilters, deploymentFilters } from "./deployment-filters";
import { DeploymentTable } from "./deployment-table";

export function Deployments() {
  const window = useWindow("-28d");
  const filters = useFilters(deploymentFilters);
  const search = {
    ...filters.search,
    from: window.from.toISOString(),
    // A moving window has no end: what finishes while the page is open belongs to it.
    to: window.relative ? undefined : window.to.toISOString(),
  };
  const query = useInfiniteQuery(deploymentPages({ ...search, limit: 100 }));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title="Deployments">
        <RangePicker window={window} />
        <a
          href={addressOf("/api/v1/deployments", { ...search, limit: 500, format: "csv" })}
          download="deployments.csv"
          className={buttonClass()}
        >
          <Download aria-hidden="true" size={14} /> CSV
        </a>
      </PageHead>
      <DeploymentFilters filters={filters} />
      <Card padded={false}>
        <div className="px-3.5 py-2">
          {query.error && !query.data ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : query.isPending ? (
            <Skeleton lines={14} />
          ) : items.length === 0 ? (
            <Empty title="No deployments here">
              {filters.any
                ? "None in this time range with these filters."
                : "None in this time range."}
            </Empty>
          ) : (
            <>
              <p className="pb-1 text-muted" aria-live="polite">
                {formatCount(items.length)}
                {query.hasNextPage ? " newest" : ""} of this range
              </p>
              <DeploymentTable items={items} />
              <More
                hasMore={query.hasNextPage}
                loading={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            </>
          )}
        </div>
      </Card>
    </>
  );
}
