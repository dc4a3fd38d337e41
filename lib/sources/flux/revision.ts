import type { DeploymentMembers } from "@/lib/facts/types";
import { name, revision } from "@/lib/sources/payload";

type Deployed = Pick<DeploymentMembers, "revision" | "branch" | "version" | "artifact">;

const none: Deployed = { revision: null, branch: null, version: null, artifact: null };

/**
 * What a revision of Flux says: a commit as `main@sha1:<sha>`, before Flux 2.0 as
 * `main/<sha>`; an OCI artifact as `tag@sha256:<digest>`; a Helm chart's by its version.
 */
export function readRevision(value: unknown): Deployed {
  const given = name(value);
  if (given === null) return none;
  const [, tag, digest] = /^(?:(.*)@)?(sha256:[0-9a-f]{64})$/.exec(given) ?? [];
  if (digest) return { ...none, version: name(tag), artifact: digest };
  const [, branch, sha] = /^(?:(.*?)(?:@|\/))?(?:sha1:)?([0-9a-f]{40})$/.exec(given) ?? [];
  if (sha) return { ...none, branch: name(branch), revision: revision(sha) };
  return { ...none, version: given };
}
