"use client";

import { Card } from "@/app/_ui/card";
import { plural } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { Moment } from "@/app/_window/moment";
import type { IncidentAnswer } from "@/lib/http/answers";

export function Alerts({ incident: { alerts } }: { incident: IncidentAnswer }) {
  return (
    <Card title={plural(alerts.length, "alert")} padded={false}>
      {alerts.length === 0 && <p className="px-3.5 pb-3 text-muted">Opened without an alert.</p>}
      <ul className="pb-1.5">
        {alerts.map((alert) => (
          <li key={alert.id} className="border-t border-grid px-3.5 py-2">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <Pill tone={alert.endedAt === null ? "bad" : "plain"}>
                {alert.endedAt === null ? "firing" : "ended"}
              </Pill>
              <span className="font-semibold">{alert.name}</span>
              <span className="text-muted">{alert.severity}</span>
              <span className="ml-auto text-muted">
                <Moment at={alert.startedAt} style="seconds" />
                {alert.endedAt && (
                  <>
                    {" "}
                    to <Moment at={alert.endedAt} style="seconds" />
                  </>
                )}
              </span>
            </div>
            {alert.summary && <p>{alert.summary}</p>}
            <p className="font-mono text-sm [overflow-wrap:anywhere] text-muted">
              {Object.entries(alert.labels)
                .map(([name, value]) => `${name}=${value}`)
                .join("  ")}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
