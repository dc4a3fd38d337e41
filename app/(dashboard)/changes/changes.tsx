"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { BehindLine } from "@/app/_figures/behind-line";
import { changeFigureNames } from "@/app/_figures/figures";
import { useBack } from "@/app/_figures/use-back";
import { FilterBar } from "@/app/_filters/filter-bar";
import { Placement } from "@/app/_filters/placement";
import { useFilters } from "@/app/_filters/use-filters";
import { changePages } from "@/app/_query/queries";
import { ExportMenu } from "@/app/_ui/export-menu";
import { NoRows } from "@/app/_ui/no-rows";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { Picker } from "@/app/_ui/picker";
import { openWindow } from "@/app/_window/open-window";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import { ChangeTable } from "./change-table";

const filterNames = [
  "service",
  "team",
  "environment",
  "tier",
  "repository",
  "figure",
  "definition",
] as const;

const figures = Object.entries(changeFigureNames).map(([value, label]) => ({ value, label }));

/** The changes that shipped, each with what it took from its first commit to where it runs. */
export function Changes() {
  const window = useWindow("-28d");
  const filters = useFilters(filterNames);
  const back = useBack();
  const { value, choose, chooseAll } = filters;
  const search = { ...filters.search, ...openWindow(window) };
  const query = useInfiniteQuery(changePages({ ...search, limit: 100 }));
  const named =
    value("definition") === "devlake"
      ? "pull requests by DevLake's rules"
      : figures.find((figure) => figure.value === value("figure"))?.label;
  return (
    <>
      <PageHead title="Changes">
        <RangePicker window={window} />
        <ExportMenu path="/api/v1/changes" search={search} />
      </PageHead>
      {named && (
        <BehindLine
          name={named}
          place={filters.search}
          from={window.from}
          to={window.to}
          back={back}
          onLeave={() => chooseAll({ figure: null, definition: null })}
        />
      )}
      <FilterBar filters={filters}>
        <Placement filters={filters} />
        <Picker
          name="Which"
          any="Every change"
          value={value("figure")}
          choices={figures}
          onChoose={(next) => choose("figure", next)}
        />
      </FilterBar>
      <PagedList
        query={query}
        counted
        lines={14}
        empty={<NoRows title="No changes here" filtered={filters.any} />}
      >
        {(items) => <ChangeTable items={items} />}
      </PagedList>
    </>
  );
}
