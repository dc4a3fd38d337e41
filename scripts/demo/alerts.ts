import type { Story } from "@/scripts/demo/agenda";
import { hour } from "@/scripts/demo/calendar";
import type { Alert, Incident } from "@/scripts/demo/events";
import { emit, type Line, type Simulation, within } from "@/scripts/demo/simulation";
import { type TrueIncident, timeOf } from "@/scripts/demo/truth";

export interface Trouble {
  title: string;
  severity: Incident["severity"];
  /** The first is there from the start, the others follow within minutes. */
  alertNames: string[];
  truth: Pick<TrueIncident, "story" | "fault" | "cause"> & { faultStartedAt: number };
}

/** An open incident, whichever way its team's tools tell of it. */
export interface OpenIncident {
  line: Line;
  incident: Incident;
  alerts: Alert[];
  truth: TrueIncident;
}

const repeatEvery = 4 * hour;

/** Something fires on this service's stream, now. */
export function openIncident(simulation: Simulation, line: Line, trouble: Trouble): OpenIncident {
  const { agenda, identities, ledger } = simulation;
  const { service } = line;
  const number = identities.number("incident", service.name, agenda.now) % 100_000;
  const incident: Incident = {
    id: `INC-${number}`,
    service,
    title: trouble.title,
    severity: trouble.severity,
    openedAt: agenda.now,
    acknowledgedAt: null,
    resolvedAt: null,
    cause: null,
  };
  const native = line.team.pager === "native";
  const truth: TrueIncident = {
    ...trouble.truth,
    faultStartedAt: timeOf(trouble.truth.faultStartedAt),
    service: service.name,
    environment: "production",
    openedAt: timeOf(agenda.now),
    resolvedAt: null,
    remedies: [],
    alerts: [],
    incidentId: native ? incident.id : null,
    declared: false,
  };
  ledger.incidents.push(truth);
  line.trouble = { open: line.trouble.open + 1, at: agenda.now };
  const open = { line, incident, alerts: [], truth };
  if (native) emit(simulation, { type: "incident", incident: { ...incident } });
  agenda.start(fireAlerts(simulation, open, trouble));
  agenda.start(acknowledge(simulation, open));
  return open;
}

/** Everything of the incident ends; `cause` is what the review names, where it names one. */
export function resolveIncident(
  simulation: Simulation,
  open: OpenIncident,
  cause: string | null,
): void {
  const { agenda } = simulation;
  open.incident.resolvedAt = agenda.now;
  open.line.trouble = { open: open.line.trouble.open - 1, at: agenda.now };
  open.truth.resolvedAt = timeOf(agenda.now);
  for (const alert of open.alerts) alert.endedAt ??= agenda.now;
  if (open.line.team.pager === "alertmanager") {
    notify(simulation, open);
    return;
  }
  open.incident.cause = cause;
  open.truth.declared = cause !== null;
  for (const alert of open.alerts)
    emit(simulation, { type: "native_alert", alert: { ...alert }, incident: open.incident.id });
  emit(simulation, { type: "incident", incident: { ...open.incident } });
}

function* fireAlerts(simulation: Simulation, open: OpenIncident, trouble: Trouble): Story {
  for (const [index, name] of trouble.alertNames.entries()) {
    if (index > 0) yield within(simulation, open.line, 40, 200);
    if (open.incident.resolvedAt !== null) return;
    const alert = newAlert(simulation, open, name);
    open.alerts.push(alert);
    open.truth.alerts.push({
      source: open.line.team.pager === "alertmanager" ? "alerts" : "pipeline",
      id: open.line.team.pager === "alertmanager" ? alert.fingerprint : alert.id,
      name,
      startedAt: timeOf(alert.startedAt),
    });
    if (open.line.team.pager === "alertmanager") notify(simulation, open);
    else
      emit(simulation, { type: "native_alert", alert: { ...alert }, incident: open.incident.id });
  }
  while (open.line.team.pager === "alertmanager") {
    yield simulation.agenda.now + repeatEvery;
    if (open.incident.resolvedAt !== null) return;
    notify(simulation, open);
  }
}

function* acknowledge(simulation: Simulation, open: OpenIncident): Story {
  yield within(simulation, open.line, 40, 240);
  if (open.line.team.pager === "alertmanager" || open.incident.resolvedAt !== null) return;
  open.incident.acknowledgedAt = simulation.agenda.now;
  emit(simulation, { type: "incident", incident: { ...open.incident } });
}

function newAlert(simulation: Simulation, open: OpenIncident, name: string): Alert {
  const { agenda, identities } = simulation;
  const { service, team } = open.line;
  return {
    id: `${open.incident.id}/${name}`,
    fingerprint: identities.sha("fingerprint", service.name, name).slice(0, 16),
    service,
    team,
    name,
    severity: "critical",
    summary: `${open.incident.title} (${name})`,
    startedAt: agenda.now,
    endedAt: null,
  };
}

/** A warning that wakes nobody: it fires and goes by itself. */
export function* warn(simulation: Simulation, line: Line, name: string, summary: string): Story {
  const { agenda, identities } = simulation;
  const alert: Alert = {
    id: `warning/${line.service.name}/${agenda.now}`,
    fingerprint: identities.sha("fingerprint", line.service.name, name).slice(0, 16),
    service: line.service,
    team: line.team,
    name,
    severity: "warning",
    summary,
    startedAt: agenda.now,
    endedAt: null,
  };
  const group = () =>
    emit(simulation, {
      type: "alerts",
      group: { service: line.service, team: line.team, alerts: [{ ...alert }] },
    });
  group();
  yield within(simulation, line, 300, 3000);
  alert.endedAt = agenda.now;
  group();
}

function notify(simulation: Simulation, open: OpenIncident): void {
  emit(simulation, {
    type: "alerts",
    group: {
      service: open.line.service,
      team: open.line.team,
      alerts: open.alerts.map((alert) => ({ ...alert })),
    },
  });
}
