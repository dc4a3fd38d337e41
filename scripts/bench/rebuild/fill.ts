import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { deliver, github, native, type Posted, sha } from "@/lib/projection/testing";

/** Of one repository, and of as many streams each as there are environments. */
const services = 20;
const environments = ["staging", "production"] as const;
const commitsEach = 4;
const pushesAtOnce = 100;
/** Push by push: one of theirs mostly, else one of the repository with a single long stream. */
const ofTheMany = 0.6;
const begin = Date.UTC(2024, 0, 1);
const minutesEach = 20;

/** The rules by which the services of the one repository are told apart. */
export const serviceRules = Array.from({ length: services }, (_, index) => ({
  name: `service-${index}`,
  repository: "acme/shop",
  team: null,
  dependsOn: [],
  paths: [`service-${index}/**`],
  deployments: [`service-${index}`],
}));

/**
 * Stores about so many deliveries, as settled: pushes of four commits, their builds, a
 * squashed pull request at times, a deployment to each environment, now and then
 * a rollback with the alert before it. Answers how many.
 */
export async function fillDeliveries(db: Kysely<Database>, atLeast: number): Promise<number> {
  let stored = 0;
  for (let push = 0; stored < atLeast; push += pushesAtOnce) {
    const batch = Array.from({ length: pushesAtOnce }, (_, index) => toldOf(push + index)).flat();
    stored += (await deliver(db, batch)).length;
  }
  await sql`update deliveries set outcome = 'accepted'`.execute(db);
  await sql`analyze deliveries`.execute(db);
  return stored;
}

interface Pushed {
  number: number;
  repository: string;
  service: string;
  revision: string;
}

function toldOf(number: number): Posted[] {
  const pushed = pushedAs(number);
  const told = [
    pushOf(pushed),
    buildOf(pushed, "running"),
    buildOf(pushed, "succeeded"),
    ...environments.flatMap((environment) => [
      deploymentOf(pushed, environment, "running"),
      deploymentOf(pushed, environment, "succeeded"),
    ]),
    ...(number % 7 === 0 ? [pullRequestOf(pushed)] : []),
    ...(number % 97 === 0 ? failureOf(pushed) : []),
  ];
  const receivedAt = new Date(timeOf(number, minutesEach));
  return told.map((one) => ({ ...one, receivedAt }));
}

function pushedAs(number: number): Pushed {
  const isOfMany = Math.floor(number * ofTheMany) < Math.floor((number + 1) * ofTheMany);
  return {
    number,
    repository: isOfMany ? "acme/shop" : "acme/till",
    service: isOfMany ? `service-${number % services}` : "till",
    revision: tipOf(number),
  };
}

/** Of the push before in the same repository. */
function tipBefore({ number, repository }: Pushed): string | null {
  for (let before = number - 1; before >= 0; before -= 1)
    if (pushedAs(before).repository === repository) return tipOf(before);
  return null;
}

function tipOf(number: number): string {
  return sha(`${number} ${commitsEach - 1}`);
}

function timeOf(number: number, minutes: number): string {
  return new Date(begin + (number * minutesEach + minutes) * 60_000).toISOString();
}

function pushOf(pushed: Pushed): Posted {
  const { number, repository, service, revision } = pushed;
  const before = tipBefore(pushed);
  return github("push", "00:00", {
    ref: "refs/heads/main",
    before: before ?? "0".repeat(40),
    after: revision,
    created: before === null,
    forced: false,
    repository: {
      full_name: repository,
      pushed_at: Date.parse(timeOf(number, commitsEach)) / 1000,
    },
    commits: Array.from({ length: commitsEach }, (_, index) => ({
      id: sha(`${number} ${index}`),
      timestamp: timeOf(number, index),
      message: `Change ${index} of push ${number}`,
      author: { name: "Ana" },
      added: [],
      removed: [],
      modified: [`${service}/src/${index}.ts`],
    })),
  });
}

function pullRequestOf({ number, repository, revision }: Pushed): Posted {
  return github("pull_request", "00:00", {
    action: "closed",
    number,
    pull_request: {
      number,
      title: `Request ${number}`,
      state: "closed",
      merged: true,
      created_at: timeOf(number, -60),
      merged_at: timeOf(number, commitsEach),
      closed_at: timeOf(number, commitsEach),
      updated_at: timeOf(number, commitsEach),
      merge_commit_sha: revision,
      head: { ref: `branch-${number}`, sha: sha(`head ${number}`) },
      base: { ref: "main", sha: sha(`base ${number}`) },
      user: { login: "ana" },
    },
    repository: { full_name: repository },
  });
}

function buildOf(
  { number, repository, revision }: Pushed,
  status: "running" | "succeeded",
): Posted {
  return native("00:00", {
    type: "build",
    id: `build ${number}`,
    repository,
    branch: "main",
    revision,
    name: "ci",
    status,
    startedAt: timeOf(number, 5),
    ...(status === "succeeded" && { finishedAt: timeOf(number, 9) }),
  });
}

function deploymentOf(
  { number, repository, service, revision }: Pushed,
  environment: string,
  status: "running" | "succeeded",
  minutes = 10,
): Posted {
  return native("00:00", {
    type: "deployment",
    id: `${environment} ${number} ${minutes}`,
    service,
    environment,
    repository,
    revision,
    status,
    startedAt: timeOf(number, minutes),
    ...(status === "succeeded" && { finishedAt: timeOf(number, minutes + 2) }),
  });
}

/** An alert, and the revision of twenty pushes of its kind before put back. */
function failureOf(pushed: Pushed): Posted[] {
  const { number, service } = pushed;
  const back = pushedAs(Math.max(0, number - services * 5));
  return [
    native("00:00", {
      type: "alert",
      id: `alert ${number}`,
      service,
      environment: "production",
      name: "HighErrorRate",
      severity: "critical",
      startedAt: timeOf(number, 13),
      endedAt: timeOf(number, 18),
    }),
    ...(back.service === service
      ? [deploymentOf({ ...pushed, revision: back.revision }, "production", "succeeded", 15)]
      : []),
  ];
}
