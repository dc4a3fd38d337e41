import { hiddenMark } from "@/lib/ingest/hidden-mark";
import { isSecretName } from "@/lib/ingest/mask/secret-names";

/** Forms that secrets have wherever they stand: their makers gave them so that scanners find them. */
const recognisable = new RegExp(
  [
    String.raw`\bpl_[\w-]{20,}`,
    String.raw`\bgh[oprsu]_\w{16,}`,
    String.raw`\bgithub_pat_\w{20,}`,
    String.raw`\bgl[a-z]{2,6}-[\w.-]{16,}`,
    String.raw`\bx(?:ox[abeoprs]|app)-[\w-]{8,}`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{12,}`,
    // Looked for once in each run of such letters, and only where a dot ends it: else quadratic.
    String.raw`(?<![\w-])(?=[\w-]+\.[\w-]{8})(?:[\w-]*?-)?eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?`,
    String.raw`\b[rs]k_(?:live|test)_\w{8,}`,
    String.raw`\bwhsec_[\w+/=]{8,}`,
    String.raw`\bAIza[\w-]{30,}`,
    String.raw`\bnpm_\w{30,}`,
    String.raw`-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)`,
    String.raw`(?<=\bhooks\.slack\.com/services/)[\w/]+`,
    String.raw`(?<=\b(?:Bearer|Basic|bearer|basic) {1,3})[\w.~+/=-]{8,}`,
    String.raw`(?<=\b[A-Za-z][A-Za-z0-9+.-]{0,20}://)[^\s/?#"'<>]+(?=@)`,
  ].join("|"),
  "g",
);

/** `PASSWORD=…` or `password: …` at the beginning of a line: all of the line that follows. */
const line = /^([ \t]*(?:[-+] ?)?["']?([\p{L}\p{N}_.-]{2,80})["']?[ \t]*[:=][ \t]*)(?=\S).+$/gmu;
/** The same within a line, where only a quoted text says where it ends. */
const pair =
  /(?<![\p{L}\p{N}_.-])(["']?([\p{L}\p{N}_.-]{2,80})["']?[ \t]{0,3})(?:(:[ \t]{0,3})(?:"[^"\r\n]*"?|'[^'\r\n]*'?|[^\r\n"',;]+)|(=[ \t]{0,3})(?:"[^"\r\n]*"?|'[^'\r\n]*'?|[^\s&;,"'<>]+))/gu;
const element = /(<([\p{L}\p{N}_.:-]{2,80})(?:\s[^<>]{0,200})?>)[^<]+/gu;

/** Text of no known form, without what looks like a secret or stands behind a name that does. */
export function maskPlain(text: string, known: RegExp | null): string {
  return (known ? text.replace(known, hiddenMark) : text)
    .replace(recognisable, hiddenMark)
    .replace(line, hideNamed)
    .replace(pair, hideNamed)
    .replace(element, hideNamed);
}

/** For patterns that find what comes before the value, the name in it, and the sign between where it stands apart. */
function hideNamed(all: string, before: string, name: string, ...signs: unknown[]): string {
  if (!isSecretName(name)) return all;
  const sign = signs.slice(0, 2).find((part) => typeof part === "string" && /^[:=]\s*$/.test(part));
  const kept = before + (sign ?? "");
  const quote = /^["']?/.exec(all.slice(kept.length))?.[0] ?? "";
  return kept + quote + hiddenMark + quote;
}

/** Below this a secret's letters are in every text, and hiding them would hide nothing but the text. */
const shortestKnown = 4;

/** What finds the secrets that we know, however a text spells them; null for none. */
export function knownPattern(secrets: readonly string[]): RegExp | null {
  const spellings = secrets
    .filter((secret) => secret.length >= shortestKnown)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(Buffer.from(secret).toString()),
      Buffer.from(secret).toString("base64"),
    ]);
  if (spellings.length === 0) return null;
  // One may begin with another: the longest is tried first.
  const longestFirst = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(literal).join("|"), "g");
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** A text that a limit cut, without the part of a known secret that the cut may have left at its end. */
export function maskCutEnd(text: string, secrets: readonly string[]): string {
  for (const secret of secrets)
    for (let length = secret.length - 1; length >= shortestKnown; length -= 1)
      if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + hiddenMark;
  return text;
}
