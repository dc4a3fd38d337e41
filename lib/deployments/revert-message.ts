/** What a commit's message says it undoes. */
export interface RevertMessage {
  revisions: string[];
  title: string | null;
  pullRequest: number | null;
}

const quoted = /^(Revert|Reapply) "(.*)"$/;

/**
 * Reads "This reverts commit <sha>", `Revert "<title>"` and "Reverts #12".
 * A message that says none of them, or that brings a reverted change back
 * (`Revert "Revert …"`, `Reapply …`), gives null: bringing back is not undoing.
 */
export function readRevert(
  message: string | null,
  messageOf: (revision: string) => string | null,
): RevertMessage | null {
  return message !== null && depth(message, messageOf, 0) % 2 === 1 ? parse(message) : null;
}

/** The first line of a message without the pull request's number that a squash appends. */
export function titleOf(message: string): string {
  const line = message.split("\n", 1)[0] ?? "";
  return line.trim().replace(/ \(#\d+\)$/, "");
}

function parse(message: string): RevertMessage {
  const [, verb, title] = quoted.exec(titleOf(message)) ?? [];
  const pullRequest = /^Reverts (?:[\w.-]+\/[\w.-]+#|#|merge request !)(\d+)\b/im.exec(message);
  const merged = /^This reverts merge request [\w./-]*!(\d+)/im.exec(message);
  const number = pullRequest?.[1] ?? merged?.[1];
  return {
    revisions: [...message.matchAll(/\bThis reverts commit ([0-9a-f]{7,64})\b/gi)].map((match) =>
      (match[1] ?? "").toLowerCase(),
    ),
    title: verb === "Revert" && title !== undefined ? titleOf(title) : null,
    pullRequest: number === undefined ? null : Number(number),
  };
}

/** How many times over a message undoes: 0 for a plain change, 1 for a revert, 2 for its revert. */
function depth(
  message: string,
  messageOf: (revision: string) => string | null,
  level: number,
): number {
  // A ring of commits that revert each other is no history; it stops here.
  if (level > 20) return 0;
  const [, verb, title] = quoted.exec(titleOf(message)) ?? [];
  if (title !== undefined) return (verb === "Reapply" ? 2 : 1) + depth(title, messageOf, level + 1);
  const { revisions, pullRequest } = parse(message);
  const first = revisions[0];
  if (first === undefined) return pullRequest === null ? 0 : 1;
  return 1 + depth(messageOf(first) ?? "", messageOf, level + 1);
}
