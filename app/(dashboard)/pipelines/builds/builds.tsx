"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useFilters } from "@/app/_filters/use-filters";
import { buildPages } from "@/app/_query/queries";
import { PageHead } from "@/app/_ui/page-head";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import { Narrowed } from "../narrowed";
import { buildFilters, RunFilters } from "../run-filters";
import { CsvLink, RunList } from "../run-list";
import { BuildTable } from "./build-table";

export function Builds() {
  const window = useWindow("-28d");
  const filters = useFilters(buildFilters);
  const failedIn = filters.value("failedIn");
  const stage = failedIn ?? filters.value("stage");
  const search = {
    ...filters.search,
    from: window.from.toISOString(),
    // A moving window has no end: what ends while the page is open belongs to it.
    to: window.relative ? undefined : window.to.toISOString(),
  };
  const query = useInfiniteQuery(buildPages({ ...search, limit: 100 }));
  return (
    <>
      <PageHead title="Builds">
        <RangePicker window={window} />
        <CsvLink path="/api/v1/builds" search={search} file="builds.csv" />
      </PageHead>
      {stage !== null && (
        <Narrowed onLeave={() => filters.chooseAll({ stage: null, failedIn: null })}>
          builds {failedIn === null ? "that ran" : "that failed in"} the stage <b>{stage}</b>
        </Narrowed>
      )}
      <RunFilters filters={filters} noun="Build" />
      <RunList query={query} noun="builds">
        {(items) => <BuildTable items={items} />}
      </RunList>
    </>
  );
}
