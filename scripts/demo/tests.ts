import type { Run, TestRun } from "@/scripts/demo/events";
import { type Random, randomFor } from "@/scripts/demo/random";
import type { Service } from "@/scripts/demo/world";

/** Verbs of the tests' names; with a service's topics they make a suite. */
const claims = ["saves", "refuses nothing at all", "survives a timeout", "is shown once"];
/** Old enough to be known as unreliable. */
const flakyTests = 2;

/**
 * The tests of one run of the trunk, made of names of their own so that nothing else in
 * the history changes with them.
 */
export function testsOf(service: Service, run: Run, seconds: number): TestRun {
  const random = randomFor("tests", run.id, run.attempt);
  const names = service.topics.flatMap((topic) => claims.map((claim) => `${topic} ${claim}`));
  const failed = run.conclusion === "failure" && random.chance(0.7) ? random.integer(1, 3) : 0;
  const cases = names.map((name, index) => ({
    name,
    group: `${service.name}.${name.split(" ")[0]}`,
    seconds: timeOf(random, index, seconds / names.length),
    status: "passed" as TestRun["cases"][number]["status"],
  }));
  for (let left = failed; left > 0; left--) random.pick(cases).status = "failed";
  const unreliable = cases[random.integer(0, flakyTests - 1)];
  if (failed === 0 && unreliable && random.chance(0.05)) unreliable.status = "flaky";
  return {
    service,
    run,
    startedAt: run.updatedAt - Math.round(seconds * 1000),
    seconds,
    cases,
    coverage:
      Math.round((0.72 + random.between(0, 0.004) + (service.name.length % 7) / 50) * 1e3) / 1e3,
  };
}

/** A few tests take most of the time, as everywhere. */
function timeOf(random: Random, index: number, usual: number): number {
  const share = index % 9 === 0 ? 4 : 0.6;
  return Math.round(random.logNormal(usual * share, 0.3) * 1000) / 1000;
}

/** As a JUnit reporter writes them, with surefire's word for the flaky ones. */
export function junitOf({ service, cases, seconds, startedAt }: TestRun): string {
  const failures = cases.filter(({ status }) => status === "failed").length;
  const lines = cases.map(({ name, group, seconds: took, status }) => {
    const open = `    <testcase classname="${group}" name="${name}" time="${took.toFixed(3)}"`;
    if (status === "passed") return `${open}/>`;
    const element = status === "failed" ? "failure" : "flakyFailure";
    return `${open}><${element} message="not as expected"/></testcase>`;
  });
  const attributes = `tests="${cases.length}" failures="${failures}" time="${seconds.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="unit" ${attributes}>`,
    `  <testsuite name="${service.name}" timestamp="${new Date(startedAt).toISOString()}" ${attributes}>`,
    ...lines,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}
