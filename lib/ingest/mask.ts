import { hiddenMark } from "@/lib/ingest/hidden-mark";
import { isForm, maskForm } from "@/lib/ingest/mask/mask-form";
import { maskJson } from "@/lib/ingest/mask/mask-json";
import { knownPattern, maskCutEnd, maskPlain } from "@/lib/ingest/mask/mask-plain";
import { isSecretName } from "@/lib/ingest/mask/secret-names";

/** Headers as the inbox shows them: `hiddenMark` in place of what is or looks like a secret. */
export function maskHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): Record<string, string> {
  const known = knownPattern(secrets);
  const masked = Object.entries(headers).map(([name, value]) => [
    name,
    isSecretName(name) ? hiddenMark : maskText(value, known),
  ]);
  return Object.fromEntries(masked);
}

/** As the inbox shows bytes: their text, or base64 where they are no UTF-8, with secrets hidden. */
export function maskBody(
  bytes: Buffer,
  { secrets, isCut }: { secrets: readonly string[]; isCut: boolean },
): { encoding: "utf-8" | "base64"; text: string } {
  const mask = (text: string, known: readonly string[]) =>
    maskText(isCut ? maskCutEnd(text, known) : text, knownPattern(known));
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    // A cut may fall inside a character.
    const text = decoder.decode(bytes, { stream: isCut });
    return { encoding: "utf-8", text: mask(text, secrets) };
  } catch {
    // A letter for each byte: what is hidden in there stands in ASCII.
    const known = secrets.map((secret) => Buffer.from(secret).toString("latin1"));
    const text = mask(bytes.toString("latin1"), known);
    return { encoding: "base64", text: Buffer.from(text, "latin1").toString("base64") };
  }
}

/** Values of a delivery as the inbox would show them. */
export function maskValues<Value>(values: Value, secrets: readonly string[]): Value {
  return JSON.parse(maskText(JSON.stringify(values), knownPattern(secrets)));
}

/** Texts within texts (JSON in a form's field, JSON in a JSON string) up to here. */
const deepest = 4;

function maskText(text: string, known: RegExp | null, depth = 0): string {
  const inner = (part: string) => maskText(part, known, depth + 1);
  if (depth > deepest) return maskPlain(text, known);
  if (/^[[{"]/.test(text.trimStart())) {
    const masked = maskJson(text, inner);
    return isJson(text) ? masked : maskPlain(masked, known);
  }
  if (isForm(text)) return maskPlain(maskForm(text, inner), known);
  return maskPlain(text, known);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
