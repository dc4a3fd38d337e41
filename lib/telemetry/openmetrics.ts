/** One named metric and its samples, as OpenMetrics writes them. */
export interface Family {
  /** Without suffixes; ends in its unit where it has one. */
  name: string;
  type: "counter" | "gauge" | "histogram";
  unit?: string;
  help: string;
  samples: Sample[];
}

export interface Sample {
  /** What follows the family's name: "" for gauges, "_total", "_bucket", "_count", "_sum". */
  suffix: string;
  labels: Record<string, string>;
  value: number;
}

export const openMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** Families as OpenMetrics 1.0 text (github.com/prometheus/OpenMetrics, the specification). */
export function toOpenMetrics(families: readonly Family[]): string {
  const lines = families.filter(({ samples }) => samples.length > 0).flatMap(familyLines);
  return `${[...lines, "# EOF"].join("\n")}\n`;
}

function familyLines({ name, type, unit, help, samples }: Family): string[] {
  return [
    `# TYPE ${name} ${type}`,
    ...(unit ? [`# UNIT ${name} ${unit}`] : []),
    `# HELP ${name} ${escapeText(help)}`,
    ...samples.map(
      ({ suffix, labels, value }) => `${name}${suffix}${labelText(labels)} ${numberText(value)}`,
    ),
  ];
}

function labelText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeText(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}

export function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  return String(value);
}
