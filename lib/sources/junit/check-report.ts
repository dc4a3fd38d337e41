import { setImmediate } from "node:timers/promises";
import { ReportReader } from "@/lib/sources/junit/report";
import { documentsOf } from "@/lib/sources/junit/text";

/** What is parsed before others get their turn: about two milliseconds. */
const pieceLength = 128 * 1024;

/** Ends with the check before: as text a report takes several times its bytes. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Reads a report for its refusals alone, in pieces, so that one of 25 MB holds up
 * nobody else, and one report after another, so that many fill no memory. Throws
 * UnreadableDelivery as ReportReader and documentsOf do.
 */
export function checkReport(body: Uint8Array): Promise<void> {
  const check = last.then(() => checkInPieces(body));
  last = check.catch(() => undefined);
  return check;
}

async function checkInPieces(body: Uint8Array): Promise<void> {
  const reader = new ReportReader();
  for (const text of documentsOf(body)) {
    for (let start = 0; start < text.length; start += pieceLength) {
      reader.write(text.slice(start, start + pieceLength));
      await setImmediate();
    }
    reader.endDocument();
  }
  reader.refuseNoSuite();
}
