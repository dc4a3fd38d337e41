import { decodeText } from "@/lib/sources/payload";
import { UnreadableDelivery } from "@/lib/sources/reader";

/** Other than UTF-8 that tools on Windows still write. */
const otherEncodings = ["iso-8859-1", "windows-1252", "latin1", "us-ascii", "utf-16"];

/**
 * The documents of a report, ready for the parser: several where the files of a run
 * follow each other, in the encoding that they say, without the control characters that
 * test output leaks into XML and XML forbids. Throws UnreadableDelivery: not_utf8, too_many.
 */
export function documentsOf(body: Uint8Array): string[] {
  const text = decode(body)
    .replace(forbiddenCharacters, "")
    .replace(forbiddenReferences, "")
    .trim();
  if (!text.includes("<?xml", 1)) return [text];
  const documents = text.split(betweenDocuments, documentsAtMost + 1);
  if (documents.length <= documentsAtMost) return documents;
  throw new UnreadableDelivery("too_many", null, `at most ${documentsAtMost} documents in a row`);
}

const documentsAtMost = 10_000;

function decode(body: Uint8Array): string {
  const beginning = Buffer.from(body.subarray(0, 200)).toString("latin1");
  if (/^\xff\xfe/.test(beginning)) return decodeAs("utf-16le", body);
  const said = /^\s*<\?xml[^>]*\sencoding=["']([\w-]+)["']/.exec(beginning)?.[1]?.toLowerCase();
  return said && otherEncodings.includes(said) ? decodeAs(said, body) : decodeText(body);
}

function decodeAs(encoding: string, body: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(body);
  } catch {
    throw new UnreadableDelivery("not_utf8", null, `text in ${encoding}, as it says`);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const forbiddenCharacters = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ufeff]/g;
/** The same, written as references: &#27; &#x1B; */
const forbiddenReferences = /&#(?:x0*(?:[0-8bcef]|1[\da-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));/gi;
/** Where one document has ended and the next begins with its declaration. */
const betweenDocuments =
  /(?<=<\/(?:\w+:)?testsuites?>|<(?:\w+:)?testsuites?\b[^<>]*\/>)\s*(?=<\?xml\s)/;
