"use client";

import { useQuery } from "@tanstack/react-query";
import { Ago } from "@/app/_window/moment";
import { environmentsQuestion } from "@/app/(dashboard)/_cockpit/questions";
import { RollingDeployment } from "@/app/(dashboard)/_cockpit/rolling-deployment";
import type { EnvironmentAnswer } from "@/lib/http/service-answers";

/** What is going out now, production first. */
export function Rolling() {
  const { data } = useQuery(environmentsQuestion);
  const rolling = (data?.items ?? [])
    .filter(({ rolling }) => rolling !== null)
    .sort((a, b) => Number(isProduction(b)) - Number(isProduction(a)))
    .slice(0, 4);
  if (data && rolling.length === 0) return <Quiet items={data.items} />;
  return rolling.map(
    ({ service, environment, rolling }) =>
      rolling && (
        <RollingDeployment
          key={rolling.deployment}
          id={rolling.deployment}
          service={service}
          environment={environment}
        />
      ),
  );
}

/** Nothing rolls: since when, so that the quiet is not mistaken for silence. */
function Quiet({ items }: { items: EnvironmentAnswer[] }) {
  const last = items
    .flatMap(({ running }) => running?.since ?? [])
    .sort()
    .at(-1);
  if (!last) return null;
  return (
    <p className="rounded-lg border border-line bg-surface px-3.5 py-2.5 text-muted">
      Nothing is rolling; the last deployment finished <Ago at={last} />.
    </p>
  );
}

function isProduction({ tier }: EnvironmentAnswer): boolean {
  return tier === "production";
}
