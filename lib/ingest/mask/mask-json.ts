import { hiddenMark } from "@/lib/ingest/hidden-mark";
import { isSecretName } from "@/lib/ingest/mask/secret-names";

/** An object or a list of the text, as far as it is written. */
interface Container {
  parent: Container | null;
  isObject: boolean;
  /** Under which it stands in its parent. */
  name: string | null;
  /** `{"name": "API_TOKEN", "value": …}`: the name of its other members. */
  says: string | null;
  hidden: boolean;
}

interface Token {
  text: string;
  kind: "name" | "value" | "other";
  container: Container | null;
  name: string | null;
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

function isHidden(container: Container | null, name: string | null): boolean {
  if (container?.hidden) return true;
  if (name !== null && isSecretName(name)) return true;
  const isValue = name !== null && /value|default/i.test(name);
  return isValue && container?.says != null && isSecretName(container.says);
}

function readTokens(text: string): { found: Token[]; containers: Container[] } {
  const found: Token[] = [];
  const containers: Container[] = [];
  let container = null as Container | null;
  let name = null as string | null;
  const matches = [...text.matchAll(tokens)].map(([match]) => match);
  for (const [index, match] of matches.entries()) {
    const add = (kind: Token["kind"]) => found.push({ text: match, kind, container, name });
    if (match === "{" || match === "[") {
      add("other");
      const isObject = match === "{";
      container = { parent: container, isObject, name, says: null, hidden: false };
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
      name = decode(match) ?? match;
    } else {
      add("value");
      if (container && name !== null && /^(name|key|header|id)$/i.test(name))
        container.says = decode(match);
    }
  }
  return { found, containers };
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
