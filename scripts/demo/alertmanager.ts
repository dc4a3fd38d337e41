import type { Alert, AlertGroup } from "@/scripts/demo/events";
import { timeOf } from "@/scripts/demo/truth";
import { organisation } from "@/scripts/demo/world";

const never = "0001-01-01T00:00:00Z";

/** Alertmanager's webhook, version 4: one notification of one group. */
export function alertmanagerBody(group: AlertGroup): Record<string, unknown> {
  const labels = { environment: "production", service: group.service.name, team: group.team.name };
  const alerts = group.alerts.map((alert) => alertBody(alert, labels));
  const firing = group.alerts.some(({ endedAt }) => endedAt === null);
  const names = new Set(group.alerts.map(({ name }) => name));
  const [first] = group.alerts;
  return {
    receiver: "pushline",
    status: firing ? "firing" : "resolved",
    alerts,
    groupLabels: { environment: labels.environment, service: labels.service },
    commonLabels: {
      ...(names.size === 1 && first ? { alertname: first.name } : {}),
      ...labels,
      ...(first ? { severity: first.severity } : {}),
    },
    commonAnnotations: {},
    externalURL: `http://alertmanager.${organisation}.example:9093`,
    version: "4",
    groupKey: `{}/{team="${labels.team}"}:{environment="${labels.environment}", service="${labels.service}"}`,
    truncatedAlerts: 0,
  };
}

function alertBody(alert: Alert, labels: Record<string, string>) {
  return {
    status: alert.endedAt === null ? "firing" : "resolved",
    labels: { alertname: alert.name, ...labels, severity: alert.severity },
    annotations: {
      summary: alert.summary,
      runbook_url: `https://runbooks.${organisation}.example/${alert.name}`,
    },
    startsAt: timeOf(alert.startedAt),
    endsAt: alert.endedAt === null ? never : timeOf(alert.endedAt),
    generatorURL: `http://prometheus.${organisation}.example:9090/graph?g0.expr=${alert.name}&g0.tab=1`,
    fingerprint: alert.fingerprint,
  };
}
