import { isFinal } from "@/lib/facts/claims";
import {
  firstReport,
  readAlertReports,
  readIncidentReports,
  readProgress,
} from "@/lib/facts/reports";
import type {
  AlertMembers,
  BuildMembers,
  DeploymentMembers,
  IncidentMembers,
  MembersByNoun,
  Noun,
  PullRequestMembers,
  ReleaseMembers,
  Stage,
  TestCase,
  TestRunMembers,
  Time,
} from "@/lib/facts/types";

type Rule<N extends Noun> = {
  /** Without these there is no fact yet; a list in the list wants one of its members. */
  needs: readonly (keyof MembersByNoun[N] | readonly (keyof MembersByNoun[N])[])[];
  /** What the merged members mean together. */
  settle?(members: MembersByNoun[N]): MembersByNoun[N];
};

const rules: { [N in Noun]: Rule<N> } = {
  commit: { needs: ["repository", "revision"] },
  push: { needs: ["repository", "branch", "after", "pushedAt"] },
  pull_request: { needs: ["repository", "number"], settle: settlePullRequest },
  build: { needs: ["repository", "name", "status"], settle: settleBuild },
  deployment: {
    needs: ["environment", "status", ["service", "repository"]],
    settle: settleDeployment,
  },
  release: { needs: ["at", ["service", "repository"]], settle: settleRelease },
  incident: { needs: ["title", "openedAt"], settle: settleIncident },
  alert: { needs: ["name", "startedAt"], settle: settleAlert },
  test_run: { needs: ["repository", "status"], settle: settleTestRun },
  verdict: { needs: ["incident", "actor", "at"] },
  correction: { needs: ["deployment", "actor", "at"] },
  separation: { needs: ["kind", "member", "apart", "actor", "at"] },
};

/** The noun's own rules over merged members; null while a member that it needs is missing. */
export function settle<N extends Noun>(
  noun: N,
  merged: Record<string, unknown>,
): MembersByNoun[N] | null {
  const rule: Rule<N> = rules[noun];
  const members = merged as unknown as MembersByNoun[N];
  const settled = rule.settle?.(members) ?? members;
  const has = (name: keyof MembersByNoun[N]) =>
    settled[name] !== undefined && settled[name] !== null;
  const complete = rule.needs.every((need) =>
    Array.isArray(need) ? need.some(has) : has(need as keyof MembersByNoun[N]),
  );
  return complete ? settled : null;
}

function settlePullRequest({ reports, ...stated }: PullRequestMembers): PullRequestMembers {
  const review = reports && firstReport(Object.values(reports));
  return review ? over({ firstReviewAt: review.at }, stated) : stated;
}

/** What a sender states itself outranks what its reports say. */
function settleDeployment({ reports, ...stated }: DeploymentMembers): DeploymentMembers {
  return voidEarlyFinish(reports ? over(readProgress(Object.values(reports)), stated) : stated);
}

/** A build known only by its stages is as far as they are. */
function settleBuild(stated: BuildMembers): BuildMembers {
  const stages = Object.values(stated.stages ?? {});
  return voidEarlyFinish(stages.length > 0 ? over(progressOfStages(stages), stated) : stated);
}

function progressOfStages(stages: readonly Stage[]) {
  const statuses = stages.map((stage) => stage.status);
  const done = statuses.every(isFinal);
  return {
    status: done
      ? ((["failed", "canceled"] as const).find((bad) => statuses.includes(bad)) ?? "succeeded")
      : statuses.every((status) => status === "queued")
        ? "queued"
        : "running",
    queuedAt: times(stages, "queuedAt")[0] ?? null,
    startedAt: times(stages, "startedAt")[0] ?? null,
    finishedAt: done ? (times(stages, "finishedAt").at(-1) ?? null) : null,
  } as const;
}

function times(stages: readonly Stage[], name: "queuedAt" | "startedAt" | "finishedAt"): Time[] {
  return stages.flatMap((stage) => stage[name] ?? []).sort();
}

/** An attempt that is said to run again has not finished. */
function voidEarlyFinish<M extends DeploymentMembers | BuildMembers>(members: M): M {
  const unfinished = members.status && !isFinal(members.status);
  return unfinished && members.finishedAt ? { ...members, finishedAt: null } : members;
}

/** What a run does not count itself, its cases do. */
function settleTestRun(stated: TestRunMembers): TestRunMembers {
  const cases = Object.values(stated.cases ?? {});
  return cases.length > 0 ? over(countsOf(cases), stated) : stated;
}

function countsOf(cases: readonly TestCase[]) {
  const count = (wanted: TestCase["status"]) =>
    cases.filter(({ status }) => status === wanted).length;
  return {
    tests: cases.length,
    failed: count("failed"),
    skipped: count("skipped"),
    flaky: count("flaky"),
  };
}

function settleRelease(members: ReleaseMembers): ReleaseMembers {
  return { ...members, subject: members.subject ?? (members.flag ? "flag" : "launch") };
}

/** A resolution before a later opening is void. */
function settleIncident({ reports, ...stated }: IncidentMembers): IncidentMembers {
  const members = reports ? over(readIncidentReports(Object.values(reports)), stated) : stated;
  const { openedAt, reopenedAt, resolvedAt } = members;
  const lastOpening = [openedAt, reopenedAt]
    .flatMap((at) => at ?? [])
    .sort()
    .at(-1);
  const isVoid = resolvedAt && lastOpening && resolvedAt < lastOpening;
  return isVoid ? { ...members, resolvedAt: null } : members;
}

function settleAlert({ reports, ...stated }: AlertMembers): AlertMembers {
  return reports ? over(readAlertReports(Object.values(reports)), stated) : stated;
}

/** `first`, with every member that `second` knows. */
function over<M extends object>(first: Partial<M>, second: M): M {
  const known = Object.entries(second).filter(([, value]) => value !== null && value !== undefined);
  return { ...second, ...first, ...Object.fromEntries(known) };
}
