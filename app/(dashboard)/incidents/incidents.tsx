"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { EnvironmentPicker, ServicePicker, TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { incidentPages } from "@/app/_query/queries";
import { Card } from "@/app/_ui/card";
import { More } from "@/app/_ui/more";
import { PageHead } from "@/app/_ui/page-head";
import { Picker } from "@/app/_ui/picker";
import { Empty, Failure, Skeleton } from "@/app/_ui/states";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import { IncidentTable } from "./incident-table";

const filterNames = ["service", "team", "environment", "severity", "open"] as const;
const states = [
  { value: "true", label: "Open" },
  { value: "false", label: "Resolved" },
];

export function Incidents() {
  const window = useWindow("-28d");
  const { value, choose, search } = useFilters(filterNames);
  const query = useInfiniteQuery(
    incidentPages({
      ...search,
      from: window.from.toISOString(),
      to: window.relative ? undefined : window.to.toISOString(),
      limit: 50,
    }),
  );
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
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
      </PageHead>
      <Card padded={false}>
        <div className="px-3.5 py-2">
          {query.error && !query.data ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : query.isPending ? (
            <Skeleton lines={10} />
          ) : items.length === 0 ? (
            <Empty title="No incidents here">None opened in this time range.</Empty>
          ) : (
            <>
              <IncidentTable items={items} />
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
