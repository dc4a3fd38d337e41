"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { classWords } from "@/app/_figures/batch-classes";
import { BehindLine } from "@/app/_figures/behind-line";
import { deploymentFigureNames } from "@/app/_figures/figures";
import { useBack } from "@/app/_figures/use-back";
import { useFilters } from "@/app/_filters/use-filters";
import { deploymentPages } from "@/app/_query/queries";
import { ExportMenu } from "@/app/_ui/export-menu";
import { NoRows } from "@/app/_ui/no-rows";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { openWindow } from "@/app/_window/open-window";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import { DeploymentFilters, deploymentFilters } from "./deployment-filters";
import { DeploymentTable } from "./deployment-table";

export function Deployments() {
  const window = useWindow("-28d");
  const filters = useFilters(deploymentFilters);
  const back = useBack();
  const figure = figureName(filters.value);
  const search = { ...filters.search, ...openWindow(window) };
  const query = useInfiniteQuery(deploymentPages({ ...search, limit: 100 }));
  return (
    <>
      <PageHead title="Deployments">
        <RangePicker window={window} />
        <ExportMenu path="/api/v1/deployments" search={search} />
      </PageHead>
      {figure && (
        <BehindLine
          name={figure}
          place={filters.search}
          from={window.from}
          to={window.to}
          back={back}
          onLeave={() =>
            filters.chooseAll({
              ...{ figure: null, definition: null },
              ...{ changes: null, lines: null, branchAge: null },
            })
          }
        />
      )}
      <DeploymentFilters filters={filters} />
      <PagedList
        query={query}
        counted
        lines={14}
        empty={<NoRows title="No deployments here" filtered={filters.any} />}
      >
        {(items) => <DeploymentTable items={items} />}
      </PagedList>
    </>
  );
}

function figureName(
  value: (name: (typeof deploymentFilters)[number]) => string | null,
): string | null {
  if (value("definition") === "devlake")
    return `${value("failed") ? "deployments with an incident" : "successful deployments"} by DevLake's rules`;
  const ofClass = classWords(value);
  const figure = value("figure") ?? (ofClass === "" ? null : "judged");
  if (figure === null) return null;
  const name = deploymentFigureNames[figure as keyof typeof deploymentFigureNames] ?? figure;
  return name + ofClass;
}
