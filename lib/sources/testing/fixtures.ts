import { readdirSync, readFileSync } from "node:fs";
import type { FactType, Noun } from "@/lib/facts/types";
import type { DeliveryInput } from "@/lib/sources/reader";

/** One payload beside a reader, with what it must turn into. */
export interface Fixture {
  file: string;
  headers: Record<string, string>;
  /** Types of facts; people's words, which are none, by their nouns. */
  expect: (FactType | Noun)[];
  /** Payloads of the last three are for robustness, not for exact mapping. */
  grade: "captured" | "vendor" | "own" | "edited" | "third-party" | "template";
  note?: string;
}

export const receivedAt = new Date("2026-11-21T09:00:00.000Z");

const folderOf = (provider: string) => new URL(`../${provider}/fixtures/`, import.meta.url);

/** The fixtures of a provider; none where it has no index. */
export function fixturesOf(provider: string): Fixture[] {
  try {
    return JSON.parse(readFileSync(new URL("index.json", folderOf(provider)), "utf8"));
  } catch {
    return [];
  }
}

/** Every file of a provider's folder of fixtures. */
export function filesOf(provider: string): string[] {
  return readdirSync(folderOf(provider)).sort();
}

function bytesOf(provider: string, file: string): Uint8Array {
  return readFileSync(new URL(file, folderOf(provider)));
}

/** The delivery of a fixture, as the source of the provider's own name would be given it. */
export function deliveryOf(provider: string, file: string): DeliveryInput {
  const fixture = fixturesOf(provider).find((candidate) => candidate.file === file);
  if (!fixture) throw new Error(`${provider} has no fixture ${file}`);
  const sent = { headers: fixture.headers, body: bytesOf(provider, file) };
  const isMessage = fixture.headers["content-type"] === "message/http";
  return { source: provider, receivedAt, ...(isMessage ? openMessage(sent.body) : sent) };
}

/** A whole HTTP request as a document shows it: its headers, and its body after the first empty line. */
function openMessage(bytes: Uint8Array) {
  const [head = "", ...rest] = Buffer.from(bytes)
    .toString("utf8")
    .split(/\r?\n\r?\n/);
  const headers = head.split(/\r?\n/).flatMap((line) => {
    const [, header, value] = /^([\w-]+): (.*)$/.exec(line) ?? [];
    return header && value ? [[header.toLowerCase(), value]] : [];
  });
  return { headers: Object.fromEntries(headers), body: Buffer.from(rest.join("\n\n")) };
}

/** The JSON of a fixture, for tests that change a part of it. */
export function jsonOf(provider: string, file: string) {
  return JSON.parse(Buffer.from(bytesOf(provider, file)).toString("utf8"));
}
