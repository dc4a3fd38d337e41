import type { Story } from "@/scripts/demo/agenda";
import { day } from "@/scripts/demo/calendar";
import type { Artifact, Commit, Job, Run } from "@/scripts/demo/events";
import { emit, type Line, type Simulation, within } from "@/scripts/demo/simulation";
import { testsOf } from "@/scripts/demo/tests";

interface BuildPlan {
  commit: Commit;
  branch: string;
  trigger: Run["trigger"];
  mayFail: boolean;
  /** How long it waits for a runner; seldom long otherwise. */
  queueSeconds?: [number, number];
}

const jobNames = ["lint", "test", "image"];
/** Before this much history runs report their completion only, which names every time. */
const detailedDays = 7;

/** One workflow run, run again when it fails for a passing reason; true when green. */
export function* runBuild(simulation: Simulation, line: Line, plan: BuildPlan): Story<boolean> {
  const { agenda, identities } = simulation;
  const { repository } = line;
  const runNumber = ++repository.runs;
  const base: Run = {
    id: identities.number(repository.name, "run", runNumber),
    repository: repository.name,
    runNumber,
    attempt: 1,
    branch: plan.branch,
    trigger: plan.trigger,
    commit: plan.commit,
    actor: plan.commit.author,
    createdAt: agenda.now,
    startedAt: agenda.now,
    updatedAt: agenda.now,
    status: "queued",
    conclusion: null,
  };
  for (let attempt = 1; ; attempt++) {
    const conclusion = outcomeOf(line, plan, attempt);
    yield* oneAttempt(
      simulation,
      line,
      { ...base, attempt, startedAt: agenda.now },
      plan,
      conclusion,
    );
    if (conclusion === "success") return true;
    if (conclusion === "cancelled" || attempt === 2) return false;
    yield within(simulation, line, 120, 900);
  }
}

/** What the trunk's build of a commit leaves behind. */
export function artifactOf(
  simulation: Simulation,
  line: Line,
  commit: Commit,
  fix: boolean,
): Artifact {
  const version = line.version;
  if (fix) version.patch++;
  else {
    version.minor++;
    version.patch = 0;
  }
  return {
    service: line.service,
    revision: commit.sha,
    version:
      line.service.versions === "semver"
        ? `${version.major}.${version.minor}.${version.patch}`
        : commit.sha.slice(0, 7),
    digest: simulation.identities.digest(line.service.name, commit.sha),
    order: line.repository.order,
    commit,
  };
}

function outcomeOf(
  line: Line,
  plan: BuildPlan,
  attempt: number,
): "success" | "failure" | "cancelled" {
  if (!plan.mayFail) return "success";
  if (attempt > 1) return line.random.chance(0.85) ? "success" : "failure";
  if (line.random.chance(0.02)) return "cancelled";
  return line.random.chance(0.08) ? "failure" : "success";
}

function* oneAttempt(
  simulation: Simulation,
  line: Line,
  run: Run,
  plan: BuildPlan,
  conclusion: "success" | "failure" | "cancelled",
): Story {
  const { agenda, settings } = simulation;
  const detailed = agenda.now > settings.now - detailedDays * day;
  const say = (action: "requested" | "in_progress" | "completed", changes: Partial<Run>) => {
    Object.assign(run, changes, { updatedAt: agenda.now });
    if (detailed || action === "completed")
      emit(simulation, { type: "run", action, run: { ...run } });
  };
  say("requested", {});
  const [shortest, longest] = plan.queueSeconds ?? [4, line.random.chance(0.06) ? 260 : 35];
  yield within(simulation, line, shortest, longest);
  say("in_progress", { status: "in_progress", startedAt: agenda.now });

  const [low, high] = line.service.buildSeconds;
  const seconds = Math.min(1500, line.random.logNormal((low + high) / 2, 0.28)) * simulation.pace;
  const share = conclusion === "success" ? 1 : line.random.between(0.3, 0.9);
  const until = agenda.now + Math.round(seconds * share) * 1000;
  // The pull request's jobs would double the traffic and show nothing more.
  if (detailed && run.trigger === "push") yield* runJobs(simulation, line, run, until, conclusion);
  yield until;
  say("completed", { status: "completed", conclusion });
  if (run.trigger === "push" && conclusion !== "cancelled")
    emit(simulation, {
      type: "tests",
      tests: testsOf(line.service, { ...run }, seconds * share * 0.6),
    });
}

function* runJobs(
  simulation: Simulation,
  line: Line,
  run: Run,
  until: number,
  conclusion: "success" | "failure" | "cancelled",
): Story {
  const { agenda, identities } = simulation;
  const slot = (until - agenda.now) / jobNames.length;
  const started = agenda.now;
  for (const [index, name] of jobNames.entries()) {
    const job: Job = {
      id: identities.number(run.repository, "job", run.runNumber, run.attempt, name),
      name: line.service.folder ? `${name} (${line.service.name})` : name,
      queuedAt: agenda.now,
      startedAt: null,
      finishedAt: null,
      conclusion: null,
    };
    emit(simulation, { type: "job", action: "queued", run: { ...run }, job: { ...job } });
    yield agenda.now + Math.round(slot * 0.05);
    job.startedAt = agenda.now;
    emit(simulation, { type: "job", action: "in_progress", run: { ...run }, job: { ...job } });
    yield Math.round(started + slot * (index + 1)) - 500;
    job.finishedAt = agenda.now;
    job.conclusion = index === jobNames.length - 1 ? conclusion : "success";
    emit(simulation, { type: "job", action: "completed", run: { ...run }, job: { ...job } });
  }
}
