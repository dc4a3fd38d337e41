import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import {
  beginning,
  count,
  identifier,
  isPayload,
  list,
  name,
  need,
  type Payload,
  part,
  text,
} from "@/lib/sources/payload";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

/**
 * One delivery is a group, as Alertmanager and Grafana send it; each of its alerts is
 * a fact of its own, by fingerprint and start, with a status of its own: a firing group
 * may hold resolved alerts. (prometheus.io/docs/alerting/latest/configuration, webhook
 * version 4; senders of 2018 leave out the alerts' status and fingerprint.)
 */
export function readAlertGroup(input: DeliveryInput, group: Payload, kind: string): Reading {
  const alerts = need(
    Array.isArray(group.alerts) ? group.alerts : null,
    group.alerts,
    "alerts",
    "a list of alerts",
  );
