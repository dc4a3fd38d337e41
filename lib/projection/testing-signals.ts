import { clock, type Posted, posted } from "@/lib/projection/testing";
import { jsonOf } from "@/lib/sources/testing/fixtures";

/** For tests: what Alertmanager and PagerDuty send of one service, in the shapes of their fixtures. */

export function paged(
  id: string,
  word: "triggered" | "acknowledged" | "resolved",
  at: string,
  { service = "checkout", opened = at, source = "pagerduty" } = {},
): Posted {
  const { event } = jsonOf("pagerduty", `incident.${word}.1.json`);
  const told = {
    ...event,
    id: `${id}-${word}`,
    occurred_at: clock(at),
    data: {
      ...event.data,
      id,
      title: `${id} is down`,
      html_url: `https://acme.pagerduty.com/incidents/${id}`,
      created_at: clock(opened),
      service: { ...event.data.service, summary: service },
    },
  };
  return posted(source, "pagerduty", at, { event: told });
}

export function fired(
  name: string,
  at: string,
  { service = "checkout", ended = "", severity = "critical" } = {},
): Posted {
  const group = jsonOf("alertmanager", "group-firing.1.json");
  const [first] = group.alerts;
  const status = ended ? "resolved" : "firing";
  const one = {
    ...first,
    status,
    labels: { alertname: name, service, env: "production", severity },
    startsAt: clock(at),
    ...(ended && { endsAt: clock(ended) }),
    fingerprint: Buffer.from(name).toString("hex").padEnd(16, "0").slice(0, 16),
  };
  return posted("alerts", "alertmanager", ended || at, { ...group, status, alerts: [one] });
}
