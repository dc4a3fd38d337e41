/** One commit as `git log` tells it. Times are as git wrote them. */
export interface LoggedCommit {
  revision: string;
  parents: string[];
  authoredAt: string;
  committedAt: string;
  author: string;
  message: string;
  /** Against its parent; none of a merge, which git does not compare. */
  paths: string[];
}

/** What parseLog reads. The paths come raw, each behind a colon, so that none can pass for a commit. */
export const logFormat = [
  "--raw",
  "-z",
  "--no-renames",
  "--no-color",
  "--no-abbrev",
  "--encoding=UTF-8",
  "--format=commit %H%x00%P%x00%aI%x00%cI%x00%an%x00%B%x00",
];

const headings = 6;

/** The commits of `git log` with `logFormat`, in its order, as the bytes come in. */
export async function* parseLog(chunks: AsyncIterable<Buffer>): AsyncGenerator<LoggedCommit> {
  let commit: LoggedCommit | null = null;
  let heading: string[] = [];
  let pathIsNext = false;
  for await (const part of parts(chunks)) {
    if (pathIsNext) {
      commit?.paths.push(part);
      pathIsNext = false;
    } else if (heading.length > 0) {
      heading.push(part);
      if (heading.length < headings) continue;
      commit = commitOf(heading);
      heading = [];
    } else if (/^\n?:/.test(part)) {
      pathIsNext = true;
    } else if (part.startsWith("commit ")) {
      if (commit) yield commit;
      commit = null;
      heading = [part];
    }
  }
  if (commit) yield commit;
}

function commitOf(heading: readonly string[]): LoggedCommit {
  const [name = "", parents = "", authoredAt = "", committedAt = "", author = "", message = ""] =
    heading;
  return {
    revision: name.slice("commit ".length),
    parents: parents.split(" ").filter(Boolean),
    authoredAt,
    committedAt,
    author,
    message: message.replace(/\n+$/, ""),
    paths: [],
  };
}

/** What stands between NULs; what is no UTF-8 comes out marked. */
async function* parts(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, at)]).toString("utf8");
      rest = [];
      from = at + 1;
    }
    rest.push(chunk.subarray(from));
  }
}
