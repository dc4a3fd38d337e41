import { createHash } from "node:crypto";

/** Ids made of names, so that the same seed and end give the same ids without any counter. */
export interface Identities {
  /** A commit's or a tree's. */
  sha(...names: (string | number)[]): string;
  digest(...names: (string | number)[]): string;
  /** As GitHub numbers things: below 2^40, so exact in every JSON reader. */
  number(...names: (string | number)[]): number;
}

export function identitiesOf(root: string): Identities {
  const hash = (algorithm: string, names: (string | number)[]) =>
    createHash(algorithm).update([root, ...names].join("\0"));
  return {
    sha: (...names) => hash("sha1", names).digest("hex"),
    digest: (...names) => `sha256:${hash("sha256", names).digest("hex")}`,
    number: (...names) => hash("sha256", names).digest().readUIntBE(0, 5),
  };
}

/** A delivery's id: of its content, so that sending it again is a redelivery. */
export function uuidOf(content: string): string {
  const hex = createHash("sha256").update(content).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
