// The names that alerting and incident tools use, worst first.
const levels = [
  ["critical", "emergency", "fatal", "page", "p0", "p1", "sev0", "sev1", "disaster"],
  ["error", "high", "major", "p2", "sev2"],
  ["warning", "warn", "medium", "minor", "average", "p3", "sev3"],
  ["low", "p4", "p5", "sev4", "sev5"],
  ["info", "information", "informational", "notice", "debug", "none"],
];

/** The worst of some severities, in its sender's own word; null where none is said. */
export function worstSeverity(severities: readonly (string | null)[]): string | null {
  const said = severities.filter((severity) => severity !== null);
  return said.reduce<string | null>(
    (worst, severity) => (worst === null || rank(severity) < rank(worst) ? severity : worst),
    null,
  );
}

/** 0 is worst; a word of the sender's own ranks as a warning. */
function rank(severity: string): number {
  const level = levels.findIndex((names) => names.includes(severity.toLowerCase()));
  return level < 0 ? 2 : level;
}
