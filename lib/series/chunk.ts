import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Sample } from "@/lib/series/types";

/**
 * One series' samples of one hour as bytes: all times, then all values, little
 * endian; times as unsigned 32-bit differences in milliseconds (the first from
 * the hour's start), values as float64; then raw deflate. About 2 bytes a sample.
 */
export function encodeChunk(hourStart: number, samples: readonly Sample[]): Buffer {
  const bytes = Buffer.alloc(samples.length * 12);
  let before = hourStart;
  for (const [index, [at, value]] of samples.entries()) {
    bytes.writeUInt32LE(at - before, index * 4);
    bytes.writeDoubleLE(value, samples.length * 4 + index * 8);
    before = at;
  }
  return deflateRawSync(bytes, { level: 6 });
}

/** The samples that encodeChunk was given. Throws on bytes it did not write. */
export function decodeChunk(hourStart: number, payload: Uint8Array): Sample[] {
  const bytes = inflateRawSync(payload);
  const length = bytes.length / 12;
  if (!Number.isInteger(length)) throw new RangeError("a chunk holds whole samples");
  const samples: Sample[] = [];
  let at = hourStart;
  for (let index = 0; index < length; index += 1) {
    at += bytes.readUInt32LE(index * 4);
    samples.push([at, bytes.readDoubleLE(length * 4 + index * 8)]);
  }
  return samples;
}

/** Both, in order of time; at equal times the later argument wins. */
export function mergeSamples(older: readonly Sample[], newer: readonly Sample[]): Sample[] {
  const byTime = new Map<number, number>();
  for (const [at, value] of older) byTime.set(at, value);
  for (const [at, value] of newer) byTime.set(at, value);
  return [...byTime].sort(([a], [b]) => a - b);
}
