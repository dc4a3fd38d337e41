"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { BehindLine } from "@/app/_figures/behind-line";
import { useBack } from "@/app/_figures/use-back";
import { EnvironmentPicker, ServicePicker, TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { incidentPages } from "@/app/_query/queries";
import { ExportMenu } from "@/app/_ui/export-menu";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { Picker } from "@/app/_ui/picker";
import { Empty } from "@/app/_ui/states";
import { openWindow } from "@/app/_window/open-window";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import { IncidentTable } from "./incident-table";

const filterNames = [
  "service",
  "team",
  "environment",
  "severity",
  "open",
  "figure",
  "definition",
] as const;
const states = [
  { value: "true", label: "Open" },
  { value: "false", label: "Resolved" },
];

/** They come with links from the trends, where DevLake's recovery is of incidents. */
const behindNames: Readonly<Record<string, string>> = {
  restored: "recoveries by DevLake's rules, of the deployments that finished",
  open: "open incidents by DevLake's rules, of the deployments that finished",
};

export function Incidents() {
  const window = useWindow("-28d");
  const { value, choose, chooseAll, search } = useFilters(filterNames);
  const back = useBack();
  const behind =
    behindNames[value("figure") ?? ""] ??
    (value("definition") === "devlake" ? "incidents by DevLake's rules" : undefined);
  const filter = { ...search, ...openWindow(window) };
  const query = useInfiniteQuery(incidentPages({ ...filter, limit: 50 }));
  return (
    <>
      <PageHead title="Incidents">
        <Picker
          name="State"
          any="Open and resolved"
          value={value("open")}
          choices={states}
          onChoose={(next) => choose("open", next)}
        />
        <ServicePicker value={value("service")} onChoose={(next) => choose("service", next)} />
        <TeamPicker value={value("team")} onChoose={(next) => choose("team", next)} />
        <EnvironmentPicker
          value={value("environment")}
          onChoose={(next) => choose("environment", next)}
        />
        <RangePicker window={window} />
        <ExportMenu path="/api/v1/incidents" search={filter} />
      </PageHead>
      {behind && (
        <BehindLine
          name={behind}
          place={search}
          from={window.from}
          to={window.to}
          back={back}
          onLeave={() => chooseAll({ figure: null, definition: null })}
        />
      )}
      <PagedList
        query={query}
        counted
        empty={<Empty title="No incidents here">None opened in this time range.</Empty>}
      >
        {(items) => <IncidentTable items={items} />}
      </PagedList>
    </>
  );
}
