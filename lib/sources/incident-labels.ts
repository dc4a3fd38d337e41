import type { IncidentMembers } from "@/lib/facts/types";

/** Whether a label makes an issue an incident: `incident`, `outage`, `sev1`, `severity:high`. */
export function isIncidentLabel(label: string): boolean {
  return /^(incident|outage|sev(erity)?(\d+|[-_:/ ]+\w+))$/i.test(label);
}

/** What labels say of an incident: `severity:critical`, `sev1`, `critical`; `service:checkout`; `environment:production`. */
export function placeByLabels(labels: readonly string[]): IncidentMembers {
  const valueAfter = (pattern: RegExp) =>
    labels.flatMap((label) => pattern.exec(label)?.[1] ?? [])[0];
  const severity =
    valueAfter(/^severity[-_:/ ]+(\w+)$/i) ??
    valueAfter(/^(sev[-_:/ ]?\w+)$/i) ??
    valueAfter(/^(critical|high|major|warning|minor|low)$/i);
  return {
    ...(severity && { severity: severity.toLowerCase() }),
    service: valueAfter(/^service[:/] *(.+)$/i) ?? null,
    environment: valueAfter(/^env(?:ironment)?[:/] *(.+)$/i) ?? null,
  };
}
