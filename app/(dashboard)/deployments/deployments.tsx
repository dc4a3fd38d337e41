"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useFilters } from "@/app/_filters/use-filters";
import { deploymentPages } from "@/app/_query/queries";
import { ExportMenu } from "@/app/_ui/export-menu";
import { formatCount } from "@/app/_ui/format";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { Empty } from "@/app/_ui/states";
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
  return (
    <>
      <PageHead title="Deployments">
        <RangePicker window={window} />
        <ExportMenu path="/api/v1/deployments" search={search} />
      </PageHead>
      <DeploymentFilters filters={filters} />
      <PagedList
        query={query}
        lines={14}
        empty={
          <Empty title="No deployments here">
            {filters.any
              ? "None in this time range with these filters."
              : "None in this time range."}
          </Empty>
        }
      >
        {(items) => (
          <>
            <p className="pb-1 text-muted" aria-live="polite">
              {formatCount(items.length)}
              {query.hasNextPage ? " newest" : ""} of this range
            </p>
            <DeploymentTable items={items} />
          </>
        )}
      </PagedList>
    </>
  );
}
