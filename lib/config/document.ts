import { isCollection, isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { ConfigProblem } from "@/lib/config/problems";

/** A YAML text with its `${NAME}`s filled in, and the way back from a value to its line. */
export interface ConfigDocument {
  value: unknown;
  /** Mistakes of the YAML itself and of variables, with their lines. */
  mistakes: { line: number; message: string }[];
  lineOf(problem: ConfigProblem, key?: string): number;
}

const variable = /\$\{([^}]*)\}/g;

/** Reads pushline.yaml's text. Never throws: what is wrong is in `mistakes`. */
export function readDocument(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): ConfigDocument {
  const counter = new LineCounter();
  const lineAt = (offset: number) => counter.linePos(offset).line;
  // Pretty errors quote the text, which may hold a secret.
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const mistakes = document.errors.map((error) => ({
    line: lineAt(error.pos[0]),
    message: yamlMistake(error.code, error.message),
  }));

  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== "string") return;
      const line = lineAt(node.range?.[0] ?? 0);
      node.value = node.value.replace(variable, (_whole, name: string) => {
        const found = environment[name];
        if (found) return found;
        mistakes.push({ line, message: variableMistake(name, found) });
        // Long enough that no second mistake is told about the same value.
        return "unset-variable";
      });
    },
  });

  return {
    value: document.errors.length > 0 ? undefined : document.toJS(),
    mistakes,
    lineOf: ({ path }, key) => lineAt(offsetOf(document.contents, path, key)),
  };
}

/** The place of the deepest part of `path` that is there; of `key` in it, where one is named. */
function offsetOf(root: unknown, path: PropertyKey[], key: string | undefined): number {
  let offset = 0;
  let node: unknown = root;
  for (const step of key === undefined ? path : [...path, key]) {
    if (!isCollection(node)) break;
    offset = node.range?.[0] ?? offset;
    const pair = isMap(node) ? node.items.find((item) => keyText(item.key) === step) : undefined;
    if (pair && isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
    node = node.get(step, true);
    if (!pair && isNodeWithRange(node)) offset = node.range[0];
  }
  return offset;
}

function keyText(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

function isNodeWithRange(node: unknown): node is { range: [number, number, number] } {
  return Array.isArray((node as { range?: unknown } | null | undefined)?.range);
}

function yamlMistake(code: string, message: string): string {
  const hint = "a value that holds one of { } : # needs quotes around it";
  return code === "DUPLICATE_KEY" ? message : `${message} (${hint})`;
}

function variableMistake(name: string, found: string | undefined): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return `"\${${name}}" is not a variable: write \${NAME}`;
  return found === ""
    ? `the environment variable ${name} is empty`
    : `the environment variable ${name} is not set; set it before the start, e.g. export ${name}=…`;
}
