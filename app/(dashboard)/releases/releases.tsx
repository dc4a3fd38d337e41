"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { BehindLine } from "@/app/_figures/behind-line";
import { releaseFigureNames } from "@/app/_figures/figures";
import { useBack } from "@/app/_figures/use-back";
import { FilterBar } from "@/app/_filters/filter-bar";
import { Placement } from "@/app/_filters/placement";
import { useFilters } from "@/app/_filters/use-filters";
import { releasePages } from "@/app/_query/queries";
import { ExportMenu } from "@/app/_ui/export-menu";
import { NoRows } from "@/app/_ui/no-rows";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { openWindow } from "@/app/_window/open-window";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import { ReleaseTable } from "./release-table";

const filterNames = ["service", "team", "environment", "tier", "subject", "figure"] as const;

/** What was made available, apart from what was deployed: flags, tags, configuration. */
export function Releases() {
  const window = useWindow("-28d");
  const filters = useFilters(filterNames);
  const back = useBack();
  const { value, choose } = filters;
  const search = { ...filters.search, ...openWindow(window) };
  const query = useInfiniteQuery(releasePages({ ...search, limit: 100 }));
  const named = releaseFigureNames[value("figure") as keyof typeof releaseFigureNames];
  return (
    <>
      <PageHead title="Releases">
        <RangePicker window={window} />
        <ExportMenu path="/api/v1/releases" search={search} />
      </PageHead>
      {named && (
        <BehindLine
          name={named}
          place={filters.search}
          from={window.from}
          to={window.to}
          back={back}
          onLeave={() => choose("figure", null)}
        />
      )}
      <FilterBar filters={filters}>
        <Placement filters={filters} />
      </FilterBar>
      <PagedList
        query={query}
        counted
        lines={14}
        empty={<NoRows title="No releases here" filtered={filters.any} />}
      >
        {(items) => <ReleaseTable items={items} />}
      </PagedList>
    </>
  );
}
