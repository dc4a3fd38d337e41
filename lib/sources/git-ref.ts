const noRevision = /^0+$/;

/** What providers send in place of a revision where a branch or tag begins or ends: all zeros. */
export function isNoRevision(revision: string): boolean {
  return noRevision.test(revision);
}

/** A whole object name (SHA-1 or SHA-256), not an abbreviated one. */
export function isFullRevision(revision: string | null): revision is string {
  return revision !== null && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision);
}

/** The branch or tag that a full ref names; null for every other kind (notes, merge requests). */
export function readRef(ref: string): { kind: "branch" | "tag"; name: string } | null {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  return kind && name ? { kind: kind === "tags" ? "tag" : "branch", name } : null;
}

/** A ref that is named like a version (`v1.2`, `1.0.0`), as tags that are deployed mostly are. */
export function versionOf(ref: string | null): string | null {
  return ref && /^v?\d+(\.\d+)+/.test(ref) ? ref : null;
}
