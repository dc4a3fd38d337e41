"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useFilters } from "@/app/_filters/use-filters";
import { buildPages } from "@/app/_query/queries";
import { ExportMenu } from "@/app/_ui/export-menu";
import { NoRows } from "@/app/_ui/no-rows";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { openWindow } from "@/app/_window/open-window";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import { Narrowed } from "../narrowed";
import { buildFilters, RunFilters } from "../run-filters";
import { BuildTable } from "./build-table";

export function Builds() {
  const window = useWindow("-28d");
  const filters = useFilters(buildFilters);
  const failedIn = filters.value("failedIn");
  const stage = failedIn ?? filters.value("stage");
  const search = { ...filters.search, ...openWindow(window) };
  const query = useInfiniteQuery(buildPages({ ...search, limit: 100 }));
  return (
    <>
      <PageHead title="Builds">
        <RangePicker window={window} />
        <ExportMenu path="/api/v1/builds" search={search} />
      </PageHead>
      {stage !== null && (
        <Narrowed onLeave={() => filters.chooseAll({ stage: null, failedIn: null })}>
          builds {failedIn === null ? "that ran" : "that failed in"} the stage <b>{stage}</b>
        </Narrowed>
      )}
      <RunFilters filters={filters} noun="Build" />
      <PagedList
        query={query}
        counted
        lines={14}
        empty={<NoRows title="No builds here" filtered={filters.any} />}
      >
        {(items) => <BuildTable items={items} />}
      </PagedList>
    </>
  );
}
