export interface ParsedFamily {
  type: string;
  unit: string | null;
  help: string | null;
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

const suffixes: Record<string, readonly string[]> = {
  counter: ["_total"],
  gauge: [""],
  histogram: ["_bucket", "_count", "_sum"],
};
const number = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN`;
const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const sample = new RegExp(
  String.raw`^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(${label}(?:,${label})*)\})? (${number})$`,
);

/** Reads OpenMetrics 1.0 text the way the standard's grammar has it; throws at the first offence. */
export function parseOpenMetrics(text: string): Map<string, ParsedFamily> {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.pop() !== "# EOF")
    throw new Error("must end in # EOF and a newline");
  const families = new Map<string, ParsedFamily>();
  let current = "";
  const seen = new Set<string>();
  for (const line of lines) {
    const [, keyword, name = "", rest = ""] = /^# (TYPE|UNIT|HELP) (\S+) ?(.*)$/.exec(line) ?? [];
    if (keyword) {
      if (name !== current && families.has(name)) throw new Error(`${name} is told twice`);
      const family = families.get(name) ?? { type: "unknown", unit: null, help: null, samples: [] };
      if (family.samples.length > 0) throw new Error(`${keyword} of ${name} after its samples`);
      if (keyword === "TYPE") family.type = rest;
      if (keyword === "UNIT") family.unit = rest;
      if (keyword === "HELP") family.help = rest;
      if (family.unit && !name.endsWith(`_${family.unit}`)) throw new Error(`${name} without unit`);
      families.set(name, family);
      current = name;
      continue;
    }
    const [, sampleName = "", labels = "", value = ""] = sample.exec(line) ?? [];
    const family = families.get(current);
    if (!family || !(suffixes[family.type] ?? []).some((end) => sampleName === current + end))
      throw new Error(`not a sample of ${current}: ${line}`);
    const identity = `${sampleName}{${labels}}`;
    if (seen.has(identity)) throw new Error(`twice: ${identity}`);
    seen.add(identity);
    family.samples.push({
      name: sampleName,
      labels: Object.fromEntries(
        [...labels.matchAll(/([a-zA-Z0-9_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, quoted]) => [
          key,
          JSON.parse(`"${quoted}"`),
        ]),
      ),
      value: Number(value.replace("Inf", "Infinity")),
    });
  }
  return families;
}
