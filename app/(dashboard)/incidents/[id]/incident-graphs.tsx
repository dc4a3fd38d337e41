"use client";

import { ServiceGraphs } from "@/app/_graphs/service-graphs";
import { Card } from "@/app/_ui/card";
import { Empty } from "@/app/_ui/states";
import { useNow } from "@/app/_window/clock";
import type { IncidentAnswer } from "@/lib/http/answers";
import { incidentWindow } from "./incident-window";

/** The service's graphs around the incident: nothing to choose, the range is the incident's own. */
export function IncidentGraphs({ incident }: { incident: IncidentAnswer }) {
  const now = useNow(15_000);
  const { service, environment } = incident;
  if (service === null)
    return (
      <Card title="Graphs">
        <Empty title="This incident names no service">
          Without one there is nothing to draw; its cause can still be named by hand.
        </Empty>
      </Card>
    );
  return (
    <Card className="min-w-0">
      <ServiceGraphs
        service={service}
        environment={environment ?? "production"}
        around={incidentWindow(incident, now)}
        before={new Date(incident.firstSignAt)}
        height={150}
        basic
      />
    </Card>
  );
}
