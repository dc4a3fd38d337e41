import { readdirSync, readFileSync } from "node:fs";
import type { FactType } from "@/lib/facts/types";
import type { DeliveryInput } from "@/lib/sources/reader";

/** One payload beside a reader, with what it must turn into. */
export interface Fixture {
  file: string;
  headers: Record<string, string>;
  expect: FactType[];
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

export function bytesOf(provider: string, file: string): Uint8Array {
  return readFileSync(new URL(file, folderOf(provider)));
}

/** The delivery of a fixture, as the source of the provider's own name would be given it. */
export function deliveryOf(provider: string, file: string): DeliveryInput {
  const fixture = fixturesOf(provider).find((candidate) => candidate.file === file);
  if (!fixture) throw new Error(`${provider} has no fixture ${file}`);
  return { source: provider, headers: fixture.headers, body: bytesOf(provider, file), receivedAt };
}

/** The JSON of a fixture, for tests that change a part of it. */
export function jsonOf(provider: string, file: string) {
  return JSON.parse(Buffer.from(bytesOf(provider, file)).toString("utf8"));
}
