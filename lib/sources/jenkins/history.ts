import {
  answerHeaders,
  basicOrBearer,
  type History,
  type HistoryItem,
  type HistoryPhase,
} from "@/lib/sources/history";
import { identifier, isPayload, list, name, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/** Jenkins reads each build from its disk: few at a time, of each job and of all of them. */
const ofAJobAtMost = 25;
const ofAllAtMost = 1_000;
/** A folder's multibranch pipeline has its branches two steps below. */
const depth = 4;
const ofBuild =
  "number,url,result,building,timestamp,duration,actions[lastBuiltRevision[SHA1,branch[name]],remoteUrls]";

/** The builds of a job, or of every job below a folder or a multibranch pipeline, newest first. */
const builds: HistoryPhase = {
  name: "builds",
  title: "Builds",
  event: "api.build",
  start: ({ subject, details }) =>
    below(subject, treeFrom(0, Number(details.pageSize) || ofAJobAtMost)),
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
  itemsAtOnce: 20,
  inPart: (build) => ({ build }),
  async complete(build, ask) {
    const path = stagesPath(build);
    const described = path && part(await ask.optional(path));
    if (!described || !Array.isArray(described.stages)) return { build };
    return { build, stages: described.stages.map((stage) => stageIn(part(stage))) };
  },
};

/** Where the plugin of pipelines tells the stages of one that is over; no other job has any. */
function stagesPath({ _class, url, building }: Payload): string | null {
  if (building === true || !/WorkflowRun$/.test(String(_class))) return null;
  const path = /(?:\/job\/(?!\.+\/)[^/?#]+)+\/\d+\/$/.exec(String(url))?.[0];
  return path === undefined ? null : `${path}wfapi/describe`;
}

function stageIn({ id, name, status, startTimeMillis, durationMillis }: Payload): Payload {
  return { id, name, status, startTimeMillis, durationMillis };
}

function below(subject: string, tree: string): string {
  const jobs = subject.split("/").map((step) => `/job/${encodeURIComponent(step)}`);
  return `${jobs.join("")}/api/json?tree=${encodeURIComponent(tree)}`;
}

function treeFrom(first: number, pageSize: number): string {
  const own = `allBuilds[${ofBuild}]{${first},${first + pageSize}}`;
  let tree = own;
  for (let step = 1; step < depth; step += 1) tree = `${own},jobs[${tree}]`;
  return tree;
}

const jobsTree = `${"jobs[name,".repeat(depth - 2)}jobs[name]${"]".repeat(depth - 2)}`;

function jobsIn(job: unknown): number {
  const jobs = list(part(job).jobs);
  return jobs.length + jobs.reduce<number>((sum, each) => sum + jobsIn(each), 0);
}

/** The builds of every job that the answer holds, a list for each. */
function buildsIn(page: unknown): Payload[][] {
  const { allBuilds, jobs } = part(page);
  return [list(allBuilds).filter(isPayload), ...list(jobs).flatMap(buildsIn)];
}

/** As long as one of the jobs fills its page. */
function nextPage(page: unknown, path: string): string | null {
  const [at = "", tree = ""] = path.split("?tree=");
  const range = /\{(\d+),(\d+)\}/.exec(decodeURIComponent(tree)) ?? [];
  const [first = 0, behind = ofAJobAtMost] = range.slice(1).map(Number);
  const pageSize = behind - first;
  if (!buildsIn(page).some(({ length }) => length >= pageSize)) return null;
  return `${at}?tree=${encodeURIComponent(treeFrom(behind, pageSize))}`;
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
    const job = part(await ask(below(subject, `fullName,${jobsTree}`)));
    const pageSize = Math.floor(ofAllAtMost / Math.max(1, jobsIn(job)));
    return {
      subject: name(job.fullName) ?? subject,
      details: { pageSize: String(Math.min(ofAJobAtMost, Math.max(1, pageSize))) },
    };
  },
  phases: [builds],
};
