"use client";

import { useQuery } from "@tanstack/react-query";
import { useFilters } from "@/app/_filters/use-filters";
import { ServiceGraphs } from "@/app/_graphs/service-graphs";
import { environmentsQuery, servicesQuery } from "@/app/_query/queries";
import { Card } from "@/app/_ui/card";
import { PageHead } from "@/app/_ui/page-head";
import { Picker } from "@/app/_ui/picker";
import type { EnvironmentAnswer } from "@/lib/http/service-answers";
import { Neighbours } from "./neighbours";
import { RecentDeployments } from "./recent-deployments";
import { RecentIncidents } from "./recent-incidents";
import { Running } from "./running";

const filters = ["environment"] as const;

/** One service in one environment: its graphs with every line, and what happened to it lately. */
export function Service({ name }: { name: string }) {
  const { value, choose } = useFilters(filters);
  const service = useQuery(servicesQuery()).data?.items.find((each) => each.name === name);
  const placed = (useQuery(environmentsQuery()).data?.items ?? []).filter(
    (each) => each.service === name,
  );
  const environment = value("environment") ?? firstEnvironment(placed);
  const names = [...new Set([environment, ...placed.map((each) => each.environment)])];
  return (
    <>
      <PageHead
        title={
          <>
            {name}{" "}
            <span className="text-base font-normal text-muted">
              {[service?.team, service?.repository].filter(Boolean).join(" · ")}
            </span>
          </>
        }
      >
        <Picker
          name="Environment"
          value={environment}
          choices={names.map((each) => ({ value: each, label: each }))}
          onChoose={(next) => choose("environment", next)}
        />
      </PageHead>
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_380px]">
        <Card className="min-w-0">
          <ServiceGraphs service={name} environment={environment} />
        </Card>
        <div className="grid min-w-0 gap-3">
          <Running placed={placed} shown={environment} />
          <RecentIncidents service={name} environment={environment} />
          <RecentDeployments service={name} environment={environment} />
          <Neighbours service={service} />
        </div>
      </div>
    </>
  );
}

/** Production where there is one: what a page about a service is mostly opened for. */
function firstEnvironment(placed: EnvironmentAnswer[]): string {
  const production = placed.find(({ tier }) => tier === "production");
  return (production ?? placed[0])?.environment ?? "production";
}
