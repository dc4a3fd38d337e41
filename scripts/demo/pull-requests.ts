import type { Story } from "@/scripts/demo/agenda";
import { runBuild } from "@/scripts/demo/builds";
import { hour, minute } from "@/scripts/demo/calendar";
import type { Commit, PullRequest } from "@/scripts/demo/events";
import { emit, type Line, type Simulation, within } from "@/scripts/demo/simulation";
import { pathsFor, slugOf, stepFor, titleFor } from "@/scripts/demo/words";
import { defaultBranch, type Person } from "@/scripts/demo/world";

export interface PullRequestPlan {
  title: string;
  firstCommitAt: number;
  openedAt: number;
  mergedAt: number;
  author: Person;
  labels?: string[];
  /** Said under the title in the squashed commit. */
  body?: string;
  paths?: string[];
  /** Merges although the service's merges are held. */
  expedited?: boolean;
}

export function planPullRequest(
  line: Line,
  times: Pick<PullRequestPlan, "firstCommitAt" | "openedAt" | "mergedAt">,
): PullRequestPlan {
  return {
    title: titleFor(line.random, line.service),
    author: line.random.pick(line.team.people),
    ...times,
  };
}

/** A pull request from its first commit to the squash on the trunk, which it returns. */
export function* developPullRequest(
  simulation: Simulation,
  line: Line,
  plan: PullRequestPlan,
): Story<Commit> {
  const { agenda, identities } = simulation;
  const { random, repository } = line;
  yield plan.firstCommitAt;
  const number = ++repository.pullRequests;
  const branch = `${plan.author.login}/${slugOf(plan.title).slice(0, 40)}-${number}`;
  const paths = plan.paths ?? pathsFor(random, line.service, plan.title);
  const baseSha = repository.head;
  const commitOf = (message: string, authoredAt: number): Commit => ({
    sha: identities.sha(repository.name, number, authoredAt, message),
    message,
    author: plan.author,
    authoredAt,
    timezone: line.team.timezone,
    paths,
  });

  yield Math.max(plan.firstCommitAt, plan.openedAt - minute);
  const commits = [commitOf(plan.title, plan.firstCommitAt)];
  if (random.chance(0.5) && agenda.now - plan.firstCommitAt > 10 * minute)
    commits.push(
      commitOf(
        stepFor(random, line.service),
        Math.round(random.between(plan.firstCommitAt, agenda.now) / 1000) * 1000,
      ),
    );
  let head = commits.at(-1) as Commit;
  emit(simulation, {
    type: "push",
    push: {
      repository: repository.name,
      branch,
      before: null,
      after: head.sha,
      commits,
      pusher: plan.author,
    },
  });

  yield plan.openedAt;
  const pullRequest: PullRequest = {
    id: identities.number(repository.name, "pull", number),
    repository: repository.name,
    number,
    title: plan.title,
    branch,
    author: plan.author,
    headSha: head.sha,
    baseSha,
    commits: commits.length,
    changedFiles: paths.length,
    additions: random.integer(3, 240),
    deletions: random.integer(0, 90),
    openedAt: agenda.now,
    updatedAt: agenda.now,
    mergedAt: null,
    mergedBy: null,
    mergeSha: null,
    labels: plan.labels ?? [],
  };
  const say = (action: "opened" | "synchronize" | "closed", changes: Partial<PullRequest>) => {
    Object.assign(pullRequest, changes, { updatedAt: agenda.now });
    emit(simulation, { type: "pull_request", action, pullRequest: { ...pullRequest } });
  };
  say("opened", {});
  agenda.start(
    runBuild(simulation, line, { commit: head, branch, trigger: "pull_request", mayFail: true }),
  );

  const reviewer = random.pick(line.team.people.filter((person) => person !== plan.author));
  const span = plan.mergedAt - plan.openedAt;
  yield plan.openedAt + span * random.between(0.2, 0.7);
  emit(simulation, { type: "review", pullRequest: { ...pullRequest }, reviewer });
  if (span > hour && random.chance(0.35)) {
    yield agenda.now + (plan.mergedAt - agenda.now) * random.between(0.2, 0.6);
    const before = head.sha;
    head = commitOf(stepFor(random, line.service), agenda.now);
    emit(simulation, {
      type: "push",
      push: {
        repository: repository.name,
        branch,
        before,
        after: head.sha,
        commits: [head],
        pusher: plan.author,
      },
    });
    say("synchronize", { headSha: head.sha, commits: pullRequest.commits + 1 });
    agenda.start(
      runBuild(simulation, line, { commit: head, branch, trigger: "pull_request", mayFail: true }),
    );
  }

  yield plan.mergedAt;
  while (line.mergesHeld && !plan.expedited) yield within(simulation, line, 240, 600);
  const squash: Commit = {
    ...commitOf(`${plan.title} (#${number})${plan.body ? `\n\n${plan.body}` : ""}`, agenda.now),
    sha: identities.sha(repository.name, "squash", number),
  };
  say("closed", { mergedAt: agenda.now, mergedBy: reviewer, mergeSha: squash.sha });
  pushToTrunk(simulation, line, squash, reviewer);
  return squash;
}

function pushToTrunk(simulation: Simulation, line: Line, commit: Commit, pusher: Person): void {
  const { repository } = line;
  const before = repository.head;
  repository.head = commit.sha;
  repository.order++;
  emit(simulation, {
    type: "push",
    push: {
      repository: repository.name,
      branch: defaultBranch,
      before,
      after: commit.sha,
      commits: [commit],
      pusher,
    },
  });
}
