import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import type { Time } from "@/lib/facts/types";
import { environmentLabels, firstName, serviceLabels } from "@/lib/sources/alert-group";
import {
  identifier,
  known,
  list,
  name,
  need,
  type Payload,
  part,
  payloadOf,
  text,
} from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

const states: Record<string, "opened" | "resolved"> = {
  __proto__: null as never,
  problem: "opened",
  resolved: "resolved",
  ok: "resolved",
};

/**
 * A problem of Zabbix. The body is a template of the user's: the guide's names the event
 * and its times; the common one has neither, and then host and trigger are the alert, of
 * which the last episode stands.
 */
export function readZabbix({ source, body, receivedAt }: DeliveryInput): Reading {
  const sent = payloadOf(body);
  const given = need(name(sent.status), sent.status, "status", "PROBLEM or RESOLVED");
  const event = given.toLowerCase();
  const state = states[event];
  if (!state) return { outcome: "ignored", event, reason: "it is neither a problem nor its end" };
  const host = name(sent.hostname) ?? name(sent.host);
  const trigger = need(
    text(sent.trigger, 1000) ?? text(sent.event_name, 1000),
    sent.trigger,
    "trigger",
    "the trigger's name",
  );
  const id = identifier(sent.event_id) ?? eventIn(text(sent.link));
  const startedAt = momentOf(sent, "event");
  const endedAt = state === "resolved" ? momentOf(sent, "recovery") : null;
  const when = named([state === "resolved" ? endedAt : startedAt], receivedAt);
  const labels = labelsOf(sent, host);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "alert",
        key: sourceKey(source, id ? `event:${id}` : contentHash([host, trigger]).slice(0, 32)),
        ...when,
        members: {
          name: trigger,
          labels,
          ...known({
            service: firstName(labels, serviceLabels) ?? host,
            environment: firstName(labels, environmentLabels),
            severity: name(sent.severity),
            summary: text(sent.item) ?? text(sent.message),
            url: text(sent.link),
          }),
          reports: {
            ...(startedAt && { started: { state: "opened", at: startedAt } }),
            ...(!(startedAt && state === "opened") && {
              [`${state} ${when.asOf}`]: {
                state,
                at: when.asOf,
                ...(when.timeFromReceipt && { presumed: true }),
              },
            }),
          },
        },
      },
    ],
  };
}

/** Templates of before ask for no event, but link to it. */
function eventIn(link: string | null): string | null {
  return /[?&]eventid=(\d{1,20})\b/.exec(link ?? "")?.[1] ?? null;
}

/** `{EVENT.DATE}` and `{EVENT.TIME}` are in the zone of the user who is sent it, so without that zone they are no moment. */
function momentOf(sent: Payload, which: "event" | "recovery"): Time | null {
  const date = text(sent[`${which}_date`])?.replaceAll(".", "-");
  const offset = text(sent.utc_offset);
  const time = text(sent[`${which}_time`]);
  return date && time && offset ? toTime(`${date}T${time}${offset}`) : null;
}

/** `{EVENT.TAGSJSON}`: a list of names and values, as text or as it is. */
function labelsOf(sent: Payload, host: string | null): Record<string, string> {
  const tags = list(typeof sent.tags === "string" ? parsed(sent.tags) : sent.tags);
  const pairs = tags.slice(0, 50).flatMap((given) => {
    const tag = part(given);
    const [key, value] = [name(tag.tag), text(tag.value, 255)];
    return key && value ? [[key, value] as const] : [];
  });
  return { ...(host && { host }), ...Object.fromEntries(pairs) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
