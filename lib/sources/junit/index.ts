import { createHash } from "node:crypto";
import { sourceKey } from "@/lib/facts/keys";
import type { Statement, TestCase, TestRunMembers, Time } from "@/lib/facts/types";
import { type Report, ReportReader } from "@/lib/sources/junit/report";
import { documentsOf } from "@/lib/sources/junit/text";
import { name } from "@/lib/sources/payload";
import { type PostedQuery, queryHeader, readPosted } from "@/lib/sources/posted-run";
import {
  type DeliveryInput,
  type Reader,
  type Reading,
  UnreadableDelivery,
} from "@/lib/sources/reader";
import { named, toTime } from "@/lib/sources/time";

/** Reports in JUnit's XML, posted to POST /api/v1/test-runs with what they are about in the query. */
export const junit: Reader = {
  name: "junit",
  title: "JUnit XML",
  defaultAuth: "bearer",
  deliveryId: () => null,
  eventName: () => "test_run",
  keptHeaders: [queryHeader],
  read: readReport,
};

function readReport(input: DeliveryInput): Reading {
  const posted = readPosted(input.headers);
  if (!posted.success) {
    const [issue] = posted.error.issues;
    const field = issue?.path.join(".") || "query";
    throw new UnreadableDelivery("invalid_field", field, issue?.message ?? "a query");
  }
  const reader = new ReportReader();
  for (const text of documentsOf(input.body)) {
    reader.write(text);
    reader.endDocument();
  }
  return {
    outcome: "read",
    event: "test_run",
    statements: [statement(input, posted.data, reader.report)],
  };
}

function statement(input: DeliveryInput, posted: PostedQuery, report: Report): Statement {
  const { repository, revision, branch, coverage } = posted;
  const { startedAt, finishedAt, ...when } = times(posted, report, input.receivedAt);
  const members: TestRunMembers = {
    repository,
    revision,
    ...(branch !== undefined && { branch }),
    name: posted.name ?? name(report.name),
    status: report.failed > 0 ? "failed" : "succeeded",
    startedAt,
    finishedAt,
    tests: report.tests,
    failed: report.failed,
    skipped: report.skipped,
    flaky: report.flaky,
    ...(coverage !== undefined && { coverage }),
    cases: Object.fromEntries(report.cases.map((each, index) => [caseKey(each, index), each])),
  };
  return { noun: "test_run", key: sourceKey(input.source, identityOf(input)), ...when, members };
}

/** Two cases may have one name; each stands for itself. */
function caseKey(each: TestCase, index: number): string {
  return `${String(index).padStart(3, "0")} ${each.name}`;
}

/** A run has no id of its own: what was posted is what tells it apart. */
function identityOf({ headers, body }: DeliveryInput): string {
  const hash = createHash("sha256")
    .update(headers[queryHeader] ?? "")
    .update("\0")
    .update(body);
  return `junit:${hash.digest("hex").slice(0, 32)}`;
}

/** Without a moment of its own a report has just been finished when it comes. */
function times(
  posted: PostedQuery,
  { startedAt: told, seconds }: Report,
  receivedAt: Date,
): Pick<Statement, "asOf" | "timeFromReceipt"> & {
  startedAt: Time | null;
  finishedAt: Time | null;
} {
  const startedAt = toTime(posted.startedAt) ?? told;
  if (startedAt) {
    const finishedAt = seconds === null ? null : shift(startedAt, seconds);
    return { ...named([finishedAt ?? startedAt], receivedAt), startedAt, finishedAt };
  }
  const finishedAt = receivedAt.toISOString();
  return {
    ...named([], receivedAt),
    startedAt: seconds === null ? null : shift(finishedAt, -seconds),
    finishedAt,
  };
}

function shift(time: Time, seconds: number): Time {
  return new Date(Date.parse(time) + Math.round(seconds * 1000)).toISOString();
}
