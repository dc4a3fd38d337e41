/** JSON on lines of its own, every string and number as it was sent; any other text as it came. */
export function readable(text: string): string {
  if (!/^\s*[[{]/.test(text) || !isJson(text)) return text;
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  // Not by parsing and writing anew: that would round long numbers and undo escapes.
  return text.replaceAll(token, (part, empty?: string) => {
    if (empty) return empty.replaceAll(/\s/g, "");
    switch (part.trim()) {
      case "{":
      case "[":
        depth += 1;
        return part.trim() + line();
      case "}":
      case "]":
        depth -= 1;
        return line() + part.trim();
      case ",":
        return `,${line()}`;
      case ":":
        return ": ";
      default:
        return part.trim();
    }
  });
}

/** An empty list or object, a string, a mark of JSON with the space around it, or space alone. */
const token = /(\{\s*\}|\[\s*\])|"[^"\\]*(?:\\.[^"\\]*)*"|\s*[{}[\],:]\s*|\s+/g;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
