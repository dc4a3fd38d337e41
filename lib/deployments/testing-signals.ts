import { publicId } from "@/lib/facts/keys";
import type { DeclaredIncident, GroupableAlert } from "./group-incidents";
import { at } from "./testing";

/** For tests: alerts of Alertmanager (am), and incidents that it or PagerDuty (pd) declared. */

export const alert = (
  key: string,
  started: string,
  ended: string | null,
  more: Partial<GroupableAlert> = {},
): GroupableAlert => ({
  id: `id-${key}`,
  key: `am/${key}`,
  source: "am",
  service: "shop",
  environment: "production",
  name: "HighErrorRate",
  severity: "critical",
  startedAt: at(started),
  endedAt: ended === null ? null : at(ended),
  declaredIncident: null,
  ...more,
});
export const declared = (more: Partial<DeclaredIncident> = {}): DeclaredIncident => ({
  id: "declared",
  key: "am/i1",
  source: "am",
  service: "shop",
  environment: "production",
  title: "Checkout is down",
  severity: null,
  openedAt: at("10:05"),
  acknowledgedAt: at("10:07"),
  resolvedAt: null,
  cause: null,
  url: null,
  ...more,
});
export const paged = (key: string, opened: string, more: Partial<DeclaredIncident> = {}) =>
  declared({
    id: `pd-${key}`,
    key: `pd/${key}`,
    source: "pd",
    openedAt: at(opened),
    acknowledgedAt: null,
    ...more,
  });

/** The public id of such an alert among the members of its incident. */
export const member = (key: string, source = "am") =>
  publicId("incident", `alert:${source}/${key}`);

export const severities = ["critical", ""];
