import { readFileSync } from "node:fs";
import { type Document, parseDocument } from "yaml";

/** The YAML that a provider's page tells its reader to paste into `file`: the block that begins with its name. */
export function documented(provider: string, file: string): Document {
  const page = `lib/sources/${provider}/README.md`;
  const text = readFileSync(new URL(`../../../${page}`, import.meta.url), "utf8");
  const blocks = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const found = blocks.find((block) => block.startsWith(`# ${file}\n`));
  if (!found) throw new Error(`${page} shows no ${file}.`);
  return parseDocument(found);
}

/** Puts this reader's own values in the place of those shown; throws where none is shown. */
export function edit(document: Document, changes: readonly [(string | number)[], unknown][]): void {
  for (const [path, value] of changes) {
    if (!document.hasIn(path)) throw new Error(`The document shows no ${path.join(".")}.`);
    document.setIn(path, value);
  }
}
