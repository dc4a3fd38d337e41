"use client";

import { useQuery } from "@tanstack/react-query";
import { deploymentHref, serviceHref, versionName } from "@/app/_deployments/naming";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { plural } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Ago } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import { environmentsQuestion } from "@/app/(dashboard)/_cockpit/questions";
import type { EnvironmentAnswer } from "@/lib/http/service-answers";

const tiers = ["production", "staging", "testing", "development", "other"];

/** Version per service and environment, and how far each lags behind the newest. */
export function WhatRunsWhere() {
  const query = useQuery(environmentsQuestion);
  return (
    <Card title="What runs where" padded={false}>
      <div className="px-3.5 pb-2">
        <Answered query={query} lines={6}>
          {({ items }) => (items.length === 0 ? <NothingYet /> : <Matrix items={items} />)}
        </Answered>
      </div>
    </Card>
  );
}

function NothingYet() {
  return <p className="py-2 text-muted">Nothing has been deployed yet.</p>;
}

function Matrix({ items }: { items: EnvironmentAnswer[] }) {
  const environments = environmentsByTier(items);
  const services = [...new Set(items.map(({ service }) => service))];
  const at = new Map(items.map((item) => [`${item.service}\n${item.environment}`, item]));
  return (
    <Table label="What runs where">
      <thead>
        <tr>
          <Head>Service</Head>
          {environments.map((environment) => (
            <Head key={environment}>{environment}</Head>
          ))}
        </tr>
      </thead>
      <tbody>
        {services.map((service) => (
          <tr key={service} className="hover:bg-sunken">
            <Cell className="whitespace-nowrap">
              <PageLink href={serviceHref(service)} className="link font-semibold">
                {service}
              </PageLink>
            </Cell>
            {environments.map((environment) => (
              <Cell key={environment} className="whitespace-nowrap">
                <Running item={at.get(`${service}\n${environment}`)} />
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Running({ item }: { item: EnvironmentAnswer | undefined }) {
  if (!item) return <span className="text-muted">–</span>;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      {item.running ? (
        <>
          <PageLink href={deploymentHref(item.running.deployment)} className="link tabular">
            {versionName(item.running)}
          </PageLink>
          <span className="text-sm text-muted">
            <Ago at={item.running.since} suffix="" />
          </span>
        </>
      ) : (
        <span className="text-muted">nothing yet</span>
      )}
      {item.rolling && (
        <span className="text-sm font-semibold text-accent">→ {versionName(item.rolling)}</span>
      )}
      {item.changesBehind !== null && item.changesBehind > 0 && (
        <span className="text-sm font-semibold text-warning">
          {plural(item.changesBehind, "change")} behind
        </span>
      )}
      {item.sameArtifact === false && item.changesBehind === 0 && (
        <span
          className="text-sm text-warning"
          title="Built apart from what runs in the newest environment"
        >
          other artifact
        </span>
      )}
    </span>
  );
}

function environmentsByTier(items: EnvironmentAnswer[]): string[] {
  const tierOf = new Map(items.map(({ environment, tier }) => [environment, tiers.indexOf(tier)]));
  return [...tierOf].sort(([a, x], [b, y]) => x - y || a.localeCompare(b)).map(([name]) => name);
}
