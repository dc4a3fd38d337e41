export interface Artifact {
  /** The image's digest where there is one, else the whole package URL. */
  artifact: string;
  name: string | null;
  version: string | null;
  /** From the version of a package built from source, or its vcs_url. */
  revision: string | null;
  repository: string | null;
}

/**
 * What a package URL says (package-url/purl-spec): `pkg:type/namespace/name@version?qualifiers`.
 * What is no package URL is an artifact by its own words alone.
 */
export function readArtifact(id: string): Artifact {
  const unread = { artifact: id, name: null, version: null, revision: null, repository: null };
  const match = /^pkg:([^/]+)\/([^@?#]+)(?:@([^?#]+))?(?:\?([^#]*))?/.exec(id);
  if (!match) return unread;
  const [, , path = "", encoded = "", qualifiers = ""] = match;
  const version = decode(encoded);
  const digest = /^sha(256|512):[0-9a-f]+$/.test(version) ? version : null;
  const source = sourceOf(new URLSearchParams(qualifiers).get("vcs_url"));
  return {
    artifact: digest ?? id,
    name: decode(path.split("/").at(-1) ?? "") || null,
    version: digest ? null : version || null,
    revision: source.revision ?? (isRevision(version) ? version : null),
    repository: source.repository,
  };
}

/** `git+https://host/owner/name.git@revision`. */
function sourceOf(address: string | null): { repository: string | null; revision: string | null } {
  const match = /^(?:git\+)?https?:\/\/[^/]+\/([^@#?]+?)(?:\.git)?(?:@([^#?]+))?$/.exec(
    address ?? "",
  );
  const revision = match?.[2] ?? "";
  return { repository: match?.[1] ?? null, revision: isRevision(revision) ? revision : null };
}

function isRevision(version: string): boolean {
  return /^[0-9a-f]{12,64}$/.test(version);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
