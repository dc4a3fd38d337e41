import { z } from "zod";
import { attemptStatuses, deploymentKinds, lanes, releaseSubjects } from "@/lib/facts/types";
import {
  booleanField,
  countField,
  idField,
  listOf,
  nameField,
  oneOf,
  optional,
  percentField,
  positiveField,
  revisionField,
  shareField,
  textField,
  timeField,
  titleField,
  urlField,
} from "@/lib/sources/native/fields";

/** The seven native events. Unknown members are refused by name: a typo must not vanish. */

const statusField = oneOf(attemptStatuses);
const common = { id: idField, asOf: optional(timeField) };
const attempt = {
  status: statusField,
  startedAt: optional(timeField),
  finishedAt: optional(timeField),
};

const pullRequest = z.strictObject(
  {
    number: positiveField,
    firstCommitAt: optional(timeField),
    openedAt: optional(timeField),
    firstReviewAt: optional(timeField),
    mergedAt: optional(timeField),
  },
  { error: unlessUnknown("a pull request with its number") },
);

const changeEvent = z.strictObject({
  type: z.literal("change"),
  ...common,
  repository: nameField,
  branch: optional(titleField),
  revision: revisionField,
  parents: optional(listOf(revisionField, 100)),
  paths: optional(listOf(urlField, 10_000)),
  authoredAt: timeField,
  committedAt: optional(timeField),
  author: optional(nameField),
  message: optional(textField),
  pullRequest: optional(pullRequest),
});

const stage = z.strictObject(
  { name: nameField, ...attempt },
  { error: unlessUnknown("a stage with name and status") },
);

const buildEvent = z.strictObject({
  type: z.literal("build"),
  ...common,
  repository: nameField,
  branch: optional(titleField),
  revision: revisionField,
  name: nameField,
  attempt: optional(positiveField),
  ...attempt,
  queuedAt: optional(timeField),
  artifact: optional(titleField),
  url: optional(urlField),
  stages: optional(listOf(stage, 1000)),
});

const step = z.strictObject(
  { percent: percentField, at: timeField },
  { error: unlessUnknown("a step with percent and at") },
);
const approval = z.strictObject(
  { by: nameField, at: timeField },
  { error: unlessUnknown("an approval with by and at") },
);

const deploymentEvent = z.strictObject({
  type: z.literal("deployment"),
  ...common,
  service: nameField,
  environment: nameField,
  repository: optional(nameField),
  revision: revisionField,
  version: optional(nameField),
  artifact: optional(titleField),
  kind: optional(oneOf(deploymentKinds)),
  hotfix: optional(booleanField),
  failed: optional(booleanField),
  lane: optional(oneOf(lanes)),
  strategy: optional(nameField),
  steps: optional(listOf(step, 1000)),
  approvals: optional(listOf(approval, 1000)),
  ...attempt,
  queuedAt: optional(timeField),
  author: optional(nameField),
  description: optional(titleField),
  url: optional(urlField),
});

const releaseEvent = z.strictObject({
  type: z.literal("release"),
  ...common,
  service: nameField,
  environment: nameField,
  subject: optional(oneOf(releaseSubjects)),
  flag: optional(nameField),
  percent: optional(percentField),
  enabled: optional(booleanField),
  author: optional(nameField),
  at: timeField,
});

const incidentEvent = z.strictObject({
  type: z.literal("incident"),
  ...common,
  service: optional(nameField),
  environment: optional(nameField),
  title: titleField,
  severity: optional(nameField),
  openedAt: timeField,
  acknowledgedAt: optional(timeField),
  resolvedAt: optional(timeField),
  cause: optional(idField),
});

const alertEvent = z.strictObject({
  type: z.literal("alert"),
  ...common,
  incident: optional(idField),
  service: optional(nameField),
  environment: optional(nameField),
  name: nameField,
  severity: optional(nameField),
  startedAt: timeField,
  endedAt: optional(timeField),
  labels: optional(z.record(nameField, textField, { error: "names with text values" })),
});

const testRunEvent = z.strictObject({
  type: z.literal("test_run"),
  ...common,
  repository: nameField,
  branch: optional(titleField),
  revision: revisionField,
  name: optional(nameField),
  ...attempt,
  tests: optional(countField),
  failed: optional(countField),
  skipped: optional(countField),
  flaky: optional(countField),
  coverage: optional(shareField),
});

/** One native event, as POST /api/v1/events takes it. */
export const nativeEvent = z.discriminatedUnion("type", [
  changeEvent,
  buildEvent,
  deploymentEvent,
  releaseEvent,
  incidentEvent,
  alertEvent,
  testRunEvent,
]);
export type NativeEvent = z.infer<typeof nativeEvent>;
export type NativeEventOf<T extends NativeEvent["type"]> = Extract<NativeEvent, { type: T }>;

/** The message for what is no such structure; unknown members keep one of their own. */
function unlessUnknown(expected: string) {
  return (issue: { code?: string }) => (issue.code === "unrecognized_keys" ? undefined : expected);
}
