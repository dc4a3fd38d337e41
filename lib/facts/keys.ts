import { createHash } from "node:crypto";
import type { Noun } from "@/lib/facts/types";

export const commitKey = (repository: string, revision: string) => `${repository}@${revision}`;
export const pushKey = (repository: string, branch: string, before: string | null, after: string) =>
  `${repository}:${branch}:${before ?? ""}..${after}`;
export const pullRequestKey = (repository: string, number: number) => `${repository}#${number}`;
/** Builds, deployments, releases, incidents, alerts and test runs: unique per noun and source. */
export const sourceKey = (source: string, id: string) => `${source}/${id}`;

/**
 * The public id of a fact: 96 bits of the natural key's hash as hex, so that it
 * is the same on every instance and after every rebuild.
 */
export function publicId(noun: Noun, key: string): string {
  return createHash("sha256").update(`${noun}\0${key}`).digest("hex").slice(0, 24);
}

/** An alert's id among the members of its incident; migration 0023 computes it alike. */
export function alertMemberId(key: string): string {
  return publicId("incident", `alert:${key}`);
}

/**
 * Every public id that may be meant by a cause as senders name it, likeliest
 * first: by its id at these sources, in their order, or by its public id.
 */
export function causeCandidates(sources: readonly string[], cause: string): string[] {
  const keys = sources.map((source) => sourceKey(source, cause));
  return [...keys.flatMap((key) => [publicId("deployment", key), publicId("release", key)]), cause];
}
