"use client";

import { CircleCheck, Flame } from "lucide-react";
import { formatSeconds } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { Ago } from "@/app/_window/moment";
import type { IncidentAnswer } from "@/lib/http/answers";

export function IncidentStatus({
  incident,
}: {
  incident: Pick<IncidentAnswer, "openedAt" | "resolvedAt">;
}) {
  if (incident.resolvedAt === null)
    return (
      <Pill tone="bad">
        <Flame aria-hidden="true" size={12} /> Open <Ago at={incident.openedAt} suffix="" />
      </Pill>
    );
  const seconds = (Date.parse(incident.resolvedAt) - Date.parse(incident.openedAt)) / 1_000;
  return (
    <Pill tone="good">
      <CircleCheck aria-hidden="true" size={12} /> Resolved after {formatSeconds(seconds)}
    </Pill>
  );
}
