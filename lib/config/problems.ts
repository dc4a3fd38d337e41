/** One thing wrong with the configuration, and where. */
export interface ConfigProblem {
  /** As `["sources", 0, "token"]`. */
  path: PropertyKey[];
  message: string;
}

/** Everything that is wrong with a pushline.yaml, a line each; never holds a value that may be secret. */
export class ConfigError extends Error {
  constructor(
    readonly file: string,
    readonly lines: string[],
  ) {
    const count = lines.length === 1 ? "a mistake" : `${lines.length} mistakes`;
    super(`${file} has ${count}:\n${lines.map((line) => `  ${line}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

/** `sources[0].token`, as people write it. */
export function pathText(path: PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}
