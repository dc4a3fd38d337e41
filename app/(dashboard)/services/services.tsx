"use client";

import { useQuery } from "@tanstack/react-query";
import { kindNames, serviceHref, versionName } from "@/app/_deployments/naming";
import { TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { servicesQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { plural } from "@/app/_ui/format";
import { PageHead } from "@/app/_ui/page-head";
import { Pill } from "@/app/_ui/pill";
import { Empty } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Ago } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { ServiceAnswer } from "@/lib/http/service-answers";

const filters = ["team"] as const;

export function Services() {
  const { value, choose } = useFilters(filters);
  const query = useQuery(servicesQuery());
  return (
    <>
      <PageHead title="Services">
        <TeamPicker value={value("team")} onChoose={(team) => choose("team", team)} />
      </PageHead>
      <Card padded={false}>
        <div className="px-3.5 py-2">
          <Answered query={query} lines={10}>
            {({ items }) => (
              <List items={items.filter(({ team }) => !value("team") || team === value("team"))} />
            )}
          </Answered>
        </div>
      </Card>
    </>
  );
}

function List({ items }: { items: ServiceAnswer[] }) {
  if (items.length === 0)
    return (
      <Empty title="No services yet">
        A service appears with its first deployment, alert or measurement.
      </Empty>
    );
  return (
    <Table label="Services">
      <thead>
        <tr>
          <Head>Service</Head>
          <Head>Team</Head>
          <Head>Last deployment</Head>
          <Head>Environments</Head>
          <Head>Depends on</Head>
        </tr>
      </thead>
      <tbody>
        {items.map((service) => (
          <Row key={service.name} service={service} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ service }: { service: ServiceAnswer }) {
  const { name, team, openIncidents, environments, dependsOn } = service;
  return (
    <tr className="hover:bg-sunken">
      <Cell className="whitespace-nowrap">
        <PageLink href={serviceHref(name)} className="link mr-2 font-semibold">
          {name}
        </PageLink>
        {openIncidents > 0 && <Pill tone="bad">{plural(openIncidents, "open incident")}</Pill>}
      </Cell>
      <Cell>{team ?? <span className="text-muted">none</span>}</Cell>
      <Cell className="whitespace-nowrap">
        <LastDeployment last={service.lastDeployment} />
      </Cell>
      <Cell>{environments.join(", ")}</Cell>
      <Cell>
        {dependsOn.length === 0 ? <span className="text-muted">–</span> : dependsOn.join(", ")}
      </Cell>
    </tr>
  );
}

function LastDeployment({ last }: { last: ServiceAnswer["lastDeployment"] }) {
  if (last === null) return <span className="text-muted">none yet</span>;
  const kind = last.kind && last.kind !== "deploy" && last.kind in kindNames ? last.kind : null;
  return (
    <>
      {versionName(last)} <span className="text-muted">in {last.environment}</span>,{" "}
      <Ago at={last.at} />
      {kind && <span className="text-muted"> ({kindNames[kind as keyof typeof kindNames]})</span>}
    </>
  );
}
