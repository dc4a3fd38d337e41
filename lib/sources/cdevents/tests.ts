import { sourceKey } from "@/lib/facts/keys";
import type { Statement, TestCase, TestRunMembers } from "@/lib/facts/types";
import { type Cdevent, reference, subjectKey } from "@/lib/sources/cdevents/event";
import { outcome, readRun } from "@/lib/sources/cdevents/runs";
import { count, identifier, name, type Payload, part, revision, text } from "@/lib/sources/payload";

/**
 * A run of a suite is a test run where its customData says of which repository; the
 * event itself has no place for that, and one that does not say stays a build, as the
 * published samples are.
 */
export function readSuiteRun(event: Cdevent): Statement[] {
  const repository = name(event.custom.repository);
  if (repository === null) return readRun(event);
  const suite = part(event.content.testSuite);
  return [
    {
      noun: "test_run",
      key: subjectKey(event),
      ...event.when,
      members: {
        ...where(event.custom),
        ...counts(event.custom),
        name: name(suite.name) ?? name(suite.id) ?? name(event.custom.name),
        ...progress(event),
      },
    },
  ];
}

/** A case that has ended belongs to the run of its suite; one of no suite is a run of its own. */
export function readCaseRun(event: Cdevent): Statement[] {
  const { content, custom, subject, subjectSource, origin, when } = event;
  const suiteRun = part(content.testSuiteRun);
  const suiteId = identifier(reference(content.testSuiteRun), 4000);
  const cases = { [`${subjectSource}#${subject}`.slice(0, 4000)]: testCase(event) };
  if (suiteId !== null) {
    const source = text(suiteRun.source) ?? subjectSource;
    const key = sourceKey(origin, `testsuiterun:${source}#${suiteId}`);
    return [{ noun: "test_run", key, ...when, members: { ...where(custom), cases } }];
  }
  const name = testCase(event).name.slice(0, 255);
  const members = { ...where(custom), name, ...progress(event), cases };
  return [{ noun: "test_run", key: subjectKey(event), ...when, members }];
}

function testCase({ type, predicate, content, custom, subject }: Cdevent): TestCase {
  const told = part(content.testCase);
  const seconds = custom.durationSeconds;
  const ended = outcome(type, content.outcome);
  return {
    name: text(told.name, 300) ?? text(told.id, 300) ?? subject.slice(0, 300),
    status: predicate === "skipped" || ended === "canceled" ? "skipped" : ended,
    seconds: typeof seconds === "number" && seconds >= 0 && seconds < 1e9 ? seconds : null,
  };
}

function where(custom: Payload): TestRunMembers {
  const repository = name(custom.repository);
  const tested = revision(custom.revision);
  const branch = name(custom.branch);
  return {
    ...(repository && { repository }),
    ...(tested && { revision: tested }),
    ...(branch && { branch }),
  };
}

function counts(custom: Payload): TestRunMembers {
  const said = (["tests", "failed", "skipped", "flaky"] as const).flatMap((each) => {
    const value = count(custom[each]);
    return value === null ? [] : [[each, value] as const];
  });
  const { coverage } = custom;
  const isShare = typeof coverage === "number" && coverage >= 0 && coverage <= 1;
  return { ...Object.fromEntries(said), ...(isShare && { coverage }) };
}

function progress({ type, predicate, content, when }: Cdevent): TestRunMembers {
  if (predicate === "queued") return { status: "queued" };
  if (predicate === "started") return { status: "running", startedAt: when.asOf };
  const status = predicate === "skipped" ? "canceled" : outcome(type, content.outcome);
  return { status, finishedAt: when.asOf };
}
