import { gitAnswer, gitText } from "@/lib/backfill/git/run-git";
import { matchesPath } from "@/lib/deployments/glob";

export interface Tag {
  name: string;
  /** The commit that it names. */
  revision: string;
  at: Date;
  /** An annotated tag has a date of its own; a light one only its commit's. */
  dated: "tag" | "commit";
  /** Who made it; null where it does not say. */
  tagger: string | null;
}

const fields = [
  "refname:strip=2",
  "objecttype",
  "objectname",
  "*objecttype",
  "*objectname",
  "taggerdate:iso-strict",
  "committerdate:iso-strict",
  "taggername",
];

/** The tags of a clone whose names match a glob, oldest first; those of no commit are left out. */
export async function readTags(clone: string, glob: string, since: Date | null): Promise<Tag[]> {
  const format = fields.map((field) => `%(${field})`).join("%00");
  const lines = await gitText(clone, ["for-each-ref", "refs/tags", `--format=${format}`]);
  const tags: Tag[] = [];
  for (const line of lines.split("\n")) {
    const [name = "", ...said] = line.split("\0");
    if (!name || !matchesPath(glob, name)) continue;
    const tag = await tagOf(clone, name, said);
    if (tag && (since === null || tag.at >= since)) tags.push(tag);
  }
  return tags.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.name < b.name ? -1 : 1));
}

async function tagOf(clone: string, name: string, said: readonly string[]): Promise<Tag | null> {
  const [type, object = "", targetType, target = "", taggedAt = "", committedAt = "", tagger] =
    said;
  const direct = type === "commit" ? object : targetType === "commit" ? target : null;
  const commit = `refs/tags/${name}^{commit}`;
  const revision = direct ?? (await gitAnswer(clone, ["rev-parse", "--verify", "-q", commit]));
  if (revision === null) return null;
  const own = taggedAt || committedAt;
  // A tag of old made without a tagger has its commit's date too.
  const text = own || (await gitText(clone, ["log", "-1", "--format=%cI", revision]));
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return null;
  return { name, revision, at, dated: taggedAt ? "tag" : "commit", tagger: tagger || null };
}
