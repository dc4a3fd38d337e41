import { contentHash } from "@/lib/facts/canonical";
import { sourceKey } from "@/lib/facts/keys";
import { environmentLabels, firstName, serviceLabels, texts } from "@/lib/sources/alert-group";
import { toFineTime } from "@/lib/sources/nanoseconds";
import { identifier, name, type Payload, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { sortTags, tagsOf } from "@/lib/sources/tagged-event";
import { named } from "@/lib/sources/time";

/** Datadog's variables by the names under which templates send them, the likeliest first. */
const fields = {
  cycle: ["alert_cycle_key", "cycle_key", "cycle"],
  monitor: ["alert_id", "monitor_id"],
  transition: ["alert_transition", "transition"],
  title: ["alert_title", "event_title", "title"],
  severity: ["alert_priority", "priority", "alert_type"],
  date: ["date", "last_updated"],
  tags: ["tags"],
  link: ["link", "url"],
  words: ["event_msg", "text_only_msg", "body", "text"],
} as const;

const transitions: readonly (readonly [RegExp, "opened" | "resolved"])[] = [
  [/^(re-?)?(triggered|alert|warn(ing)?|no data)\b|^renotify/i, "opened"],
  [/^(recovered|resolved|ok)\b/i, "resolved"],
];

/** Whether a body is what a monitor's webhook sends: a transition, or a title that begins with one. */
export function isMonitor(body: Payload): boolean {
  return transitionOf(byName(body)) !== null;
}

/**
 * An alert of a monitor. The body is a template of the user's: the guide's names the cycle,
 * one from trigger to recovery; Datadog's own has a title and a date, and then the monitor's
 * last episode stands.
 */
export function readMonitor(input: DeliveryInput, body: Payload): Reading {
  const given = byName(body);
  const transition = transitionOf(given) ?? "unknown";
  const event = `monitor.${transition.toLowerCase().replaceAll(/\W+/g, "_")}`;
  const state = stateOf(transition);
  if (!state) return { outcome: "ignored", event, reason: "it neither starts nor ends an alert" };
  const when = named([toFineTime(field(given, "date"))], input.receivedAt);
  const { words, values } = sortTags(tagsOf(field(given, "tags")));
  const labels = texts({ ...values, ...(words.length > 0 && { tags: words.join(", ") }) });
  const title = titleOf(given);
  const monitor = contentHash([identifier(field(given, "monitor")), title, labels]);
  const key = identifier(field(given, "cycle")) ?? monitor.slice(0, 32);
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "alert",
        key: sourceKey(input.source, `monitor:${key}`),
        ...when,
        members: {
          name: title ?? `Datadog monitor ${key}`,
          service: firstName(labels, serviceLabels),
          environment: firstName(labels, environmentLabels),
          // How bad it was stays when it is over.
          ...(state === "opened" && { severity: severityOf(given, transition) }),
          labels,
          summary: text(field(given, "words")),
          url: text(field(given, "link")),
          reports: {
            [`${state} ${when.asOf}`]: {
              state,
              at: when.asOf,
              ...(when.timeFromReceipt && { presumed: true }),
            },
          },
        },
      },
    ],
  };
}

/** Templates name their fields as they like: `ALERT_CYCLE_KEY`, `alert_cycle_key`, `$ALERT_CYCLE_KEY`. */
function byName(body: Payload): Payload {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key.replace(/^\$/, "").toLowerCase(), value]),
  );
}

function field(given: Payload, wanted: keyof typeof fields): unknown {
  return fields[wanted].map((key) => given[key]).find((value) => value !== undefined);
}

/** `[P2] [Triggered on {host:a}] CPU is high`: what stands in brackets before a title. */
const brackets = /^\s*\[([^\]]{1,200})\]\s*/;

function transitionOf(given: Payload): string | null {
  const told = name(field(given, "transition"));
  if (told) return told;
  let title = text(field(given, "title"), 1000) ?? "";
  for (let inside = brackets.exec(title); inside; inside = brackets.exec(title)) {
    if (stateOf(inside[1] ?? "")) return (inside[1] ?? "").replace(/ on \{.*$/, "");
    title = title.slice(inside[0].length);
  }
  return null;
}

function stateOf(transition: string): "opened" | "resolved" | null {
  return transitions.find(([words]) => words.test(transition))?.[1] ?? null;
}

function titleOf(given: Payload): string | null {
  let title = text(field(given, "title"), 1000) ?? "";
  for (let inside = brackets.exec(title); inside; inside = brackets.exec(title))
    title = title.slice(inside[0].length);
  return text(title);
}

function severityOf(given: Payload, transition: string): string | null {
  return /^(re-?)?warn/i.test(transition) ? "warning" : name(field(given, "severity"));
}
