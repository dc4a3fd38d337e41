import { hiddenMark } from "@/lib/ingest/hidden-mark";
import { isSecretName } from "@/lib/ingest/mask/secret-names";

/** What is asked of a name, once: it may be as long as the text, and stand over thousands of values. */
interface Name {
  isSecret: boolean;
  isValue: boolean;
  /** Whether its value says what another member of the same object is. */
  tells: boolean;
}

/** An object or a list of the text, as far as it is written. */
interface Container {
  parent: Container | null;
  isObject: boolean;
  /** Under which it stands in its parent. */
  name: Name | null;
  /** `{"name": "API_TOKEN", "value": …}`: it says itself that its value is a secret. */
  saysSecret: boolean;
  hidden: boolean;
}

interface Token {
  text: string;
  kind: "name" | "value" | "other";
  container: Container | null;
  name: Name | null;
}

const tokens = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|[{}[\],:]|[^\s"{}[\],:]+|\s+|[\s\S]/g;
const harmless = new Set(["true", "false", "null", '""']);

/**
 * JSON, perhaps cut off or broken, with the values of secret-looking members
 * hidden, lists and objects under them as a whole. All else stays to the letter:
 * numbers keep every digit. `maskString` sees the text of each other string.
 */
export function maskJson(text: string, maskString: (text: string) => string): string {
  const { found, containers } = readTokens(text);
  // Parents stand before what is in them, so each only asks its own.
  for (const container of containers) container.hidden = isHidden(container.parent, container.name);
  return found
    .map((token) => {
      if (token.kind === "other" || harmless.has(token.text)) return token.text;
      if (token.kind === "value" && isHidden(token.container, token.name))
        return JSON.stringify(hiddenMark);
      return maskToken(token.text, maskString);
    })
    .join("");
}

function isHidden(container: Container | null, name: Name | null): boolean {
  if (container?.hidden || name?.isSecret) return true;
  return name?.isValue === true && container?.saysSecret === true;
}

function readTokens(text: string): { found: Token[]; containers: Container[] } {
  const found: Token[] = [];
  const containers: Container[] = [];
  let container = null as Container | null;
  let name = null as Name | null;
  const matches = [...text.matchAll(tokens)].map(([match]) => match);
  for (const [index, match] of matches.entries()) {
    const add = (kind: Token["kind"]) => found.push({ text: match, kind, container, name });
    if (match === "{" || match === "[") {
      add("other");
      const isObject = match === "{";
      container = { parent: container, isObject, name, saysSecret: false, hidden: false };
      containers.push(container);
      name = null;
    } else if (match === "}" || match === "]") {
      name = container?.name ?? null;
      container = container?.parent ?? null;
      add("other");
    } else if (match === ",") {
      if (container?.isObject !== false) name = null;
      add("other");
    } else if (match === ":" || /^\s/.test(match)) add("other");
    else if (match.startsWith('"') && isFollowedByColon(matches, index)) {
      add("name");
      name = asName(decode(match) ?? match);
    } else {
      add("value");
      if (container && name?.tells) container.saysSecret = isSecretName(decode(match) ?? "");
    }
  }
  return { found, containers };
}

function asName(text: string): Name {
  return {
    isSecret: isSecretName(text),
    isValue: /value|default/i.test(text),
    tells: /^(name|key|header|id)$/i.test(text),
  };
}

function isFollowedByColon(matches: readonly string[], index: number): boolean {
  const next = matches[index + 1];
  return next === ":" || (next?.trim() === "" && matches[index + 2] === ":");
}

/** A string that hides nothing stays as it was written. */
function maskToken(token: string, maskString: (text: string) => string): string {
  const decoded = decode(token) ?? token;
  const masked = maskString(decoded);
  if (masked === decoded) return token;
  return token.startsWith('"') ? JSON.stringify(masked) : masked;
}

/** What a string token says, one that was cut off too; null for what is none. */
function decode(token: string): string | null {
  if (!token.startsWith('"')) return null;
  for (const whole of [token, `${token.replace(/\\(u[\da-f]{0,3})?$/i, "")}"`])
    try {
      return JSON.parse(whole);
    } catch {
      // Cut off, or with control characters that JSON has no place for.
    }
  return token.slice(1).replace(/"$/, "");
}
