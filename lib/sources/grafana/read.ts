import { readAlertGroup } from "@/lib/sources/alert-group";
import { readAnnotation } from "@/lib/sources/grafana/annotation";
import { readLegacyAlert } from "@/lib/sources/grafana/legacy";
import { list, payloadOf } from "@/lib/sources/payload";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";

/**
 * What Grafana sends: groups of its unified alerting (version "1", as Alertmanager's,
 * which it embeds), single alerts of versions up to 10, and annotations as its own API
 * takes them, which other tools post.
 */
export function readGrafana(input: DeliveryInput): Reading {
  const body = payloadOf(input.body);
  if (Array.isArray(body.alerts)) return readAlertGroup(input, body, "alerting");
  if (body.ruleId !== undefined || body.ruleName !== undefined) return readLegacyAlert(input, body);
  const isAnnotation = body.what !== undefined || body.text !== undefined || list(body.tags)[0];
  if (isAnnotation) return readAnnotation(input, body);
  throw new UnreadableDelivery("missing_field", "alerts", "a list of alerts, or an annotation");
}
