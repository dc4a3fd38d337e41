import {
  answerHeaders,
  basicOrBearer,
  type History,
  type HistoryItem,
  type HistoryPhase,
} from "@/lib/sources/history";
import { identifier, isPayload, list, name, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/** Jenkins reads each build from its disk: few at a time. */
const pageSize = 25;
/** A folder's multibranch pipeline has its branches two steps below. */
const depth = 4;
const ofBuild =
  "number,url,result,building,timestamp,duration,actions[lastBuiltRevision[SHA1,branch[name]],remoteUrls]";

/** The builds of a job, or of every job below a folder or a multibranch pipeline, newest first. */
const builds: HistoryPhase = {
  name: "builds",
  title: "Builds",
  event: "api.build",
  start: ({ subject }) => below(subject, treeFrom(0)),
  readPage(page, { since }) {
    const given = buildsIn(page).flat();
    const items = given.flatMap((build): HistoryItem[] => {
      const id = identifier(build.url, 1000);
      const at = toTime(build.timestamp);
      const isOlder = since !== null && at !== null && at < since.toISOString();
      return id === null || isOlder ? [] : [{ id, given: build }];
    });
    return { items, ended: given.length > 0 && items.length === 0 };
  },
  tellsChange: true,
  itemsAtOnce: 100,
  complete: async (build) => ({ build }),
};

function below(subject: string, tree: string): string {
  const jobs = subject.split("/").map((step) => `/job/${encodeURIComponent(step)}`);
  return `${jobs.join("")}/api/json?tree=${encodeURIComponent(tree)}`;
}

function treeFrom(first: number): string {
  const own = `allBuilds[${ofBuild}]{${first},${first + pageSize}}`;
  let tree = own;
  for (let step = 1; step < depth; step += 1) tree = `${own},jobs[${tree}]`;
  return tree;
}

/** The builds of every job that the answer holds, a list for each. */
function buildsIn(page: unknown): Payload[][] {
  const { allBuilds, jobs } = part(page);
  return [list(allBuilds).filter(isPayload), ...list(jobs).flatMap(buildsIn)];
}

/** As long as one of the jobs fills its page. */
function nextPage(page: unknown, path: string): string | null {
  if (!buildsIn(page).some(({ length }) => length >= pageSize)) return null;
  const [at = "", tree = ""] = path.split("?tree=");
  const first = Number(/\{(\d+),/.exec(decodeURIComponent(tree))?.[1] ?? 0);
  return `${at}?tree=${encodeURIComponent(treeFrom(first + pageSize))}`;
}

/** Jenkins' remote access API (jenkins.io/doc/book/using/remote-access-api). */
export const jenkinsHistory: History = {
  subject: {
    label: "Job",
    placeholder: "folder/job",
    expected: "a job's full name with its folders, as acme/checkout",
    pattern: /^(?!(.*\/)?\.+(\/|$))[^/\\?#%\p{Cc}]{1,255}(\/[^/\\?#%\p{Cc}]{1,255}){0,20}$/u,
  },
  api: null,
  tokenHint: "user:token, with an API token of a user that may read the job.",
  accept: "application/json",
  credentials: basicOrBearer,
  headers: answerHeaders,
  nextPage,
  async find(ask, { subject }) {
    const { fullName } = part(await ask(below(subject, "fullName")));
    return { subject: name(fullName) ?? subject, details: {} };
  },
  phases: [builds],
};
