"use client";

import { useQuery } from "@tanstack/react-query";
import { environmentsQuestion } from "@/app/(dashboard)/_cockpit/questions";
import { RollingDeployment } from "@/app/(dashboard)/_cockpit/rolling-deployment";
import type { EnvironmentAnswer } from "@/lib/http/answers";

/** What is going out now, production first. */
export function Rolling() {
  const { data } = useQuery(environmentsQuestion);
  const rolling = (data?.items ?? [])
    .filter(({ rolling }) => rolling !== null)
    .sort((a, b) => Number(isProduction(b)) - Number(isProduction(a)))
    .slice(0, 4);
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

function isProduction({ tier }: EnvironmentAnswer): boolean {
  return tier === "production";
}
