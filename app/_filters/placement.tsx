"use client";

import { EnvironmentPicker, ServicePicker, TeamPicker } from "@/app/_filters/pickers";

type Name = "service" | "team" | "environment";

/** Where it happened. `tier` comes with links from the figures and gives way to an environment. */
export function Placement({
  filters: { value, choose },
}: {
  filters: {
    value: (name: Name | "tier") => string | null;
    choose: (name: Name, value: string | null) => void;
  };
}) {
  return (
    <>
      <ServicePicker value={value("service")} onChoose={(next) => choose("service", next)} />
      <TeamPicker value={value("team")} onChoose={(next) => choose("team", next)} />
      <EnvironmentPicker
        any={value("tier") ? `Tier ${value("tier")}` : undefined}
        value={value("environment")}
        onChoose={(next) => choose("environment", next)}
      />
    </>
  );
}
