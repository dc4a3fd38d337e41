import { readChange } from "@/lib/sources/cdevents/changes";
import { openCdevent, type SubjectReader } from "@/lib/sources/cdevents/event";
import { cdeventsGuide } from "@/lib/sources/cdevents/guide";
import { readIncident } from "@/lib/sources/cdevents/incidents";
import { readPackagedArtifact, readRun } from "@/lib/sources/cdevents/runs";
import { readPublishedArtifact, readService } from "@/lib/sources/cdevents/services";
import { readCaseRun, readSuiteRun } from "@/lib/sources/cdevents/tests";
import { notRead } from "@/lib/sources/event-reader";
import { beginning } from "@/lib/sources/payload";
import type { DeliveryInput, Provider, Reading } from "@/lib/sources/reader";

const readers = new Map<string, SubjectReader>([
  ...of("service", ["deployed", "upgraded", "rolledback", "removed", "published"], readService),
  ...of("pipelinerun", ["queued", "started", "finished"], readRun),
  ...of("build", ["queued", "started", "finished"], readRun),
  ...of("testsuiterun", ["queued", "started", "finished"], readSuiteRun),
  ...of("testcaserun", ["finished", "skipped"], readCaseRun),
  ...of("artifact", ["packaged"], readPackagedArtifact),
  ...of("artifact", ["published"], readPublishedArtifact),
  ...of("incident", ["detected", "reported", "resolved"], readIncident),
  ...of("change", ["created", "updated", "reviewed", "merged", "abandoned"], readChange),
]);

function of(noun: string, predicates: readonly string[], reader: SubjectReader) {
  return predicates.map((predicate) => [`${noun}.${predicate}`, reader] as const);
}

/** CDEvents (cdevents/spec 0.3 to 0.6), bare or in a CloudEvent, matched by type without version. */
export const cdevents: Provider = {
  name: "cdevents",
  title: "CDEvents",
  guide: cdeventsGuide,
  defaultAuth: "bearer",
  // Published samples share id and source between types, so the type belongs to the id.
  deliveryId: ({ headers }) =>
    headers["ce-id"] && headers["ce-source"]
      ? JSON.stringify([headers["ce-source"], headers["ce-id"], headers["ce-type"]])
      : null,
  eventName: ({ headers, body }) =>
    shortType(headers["ce-type"] ?? "") ?? shortType(beginning(body)) ?? "unknown",
  keptHeaders: ["ce-id", "ce-source", "ce-specversion", "ce-type", "ce-time"],
  read: readCdevent,
};

function readCdevent(input: DeliveryInput): Reading {
  const event = openCdevent(input);
  if (!event)
    return { outcome: "ignored", event: "unknown", reason: "the type is none of CDEvents" };
  const statements = readers.get(event.type)?.(event);
  return statements
    ? { outcome: "read", event: event.type, statements }
    : { outcome: "ignored", event: event.type, reason: notRead };
}

function shortType(text: string): string | null {
  return /dev\.cdevents\.([a-z]{1,40}\.[a-z]{1,40})/.exec(text)?.[1] ?? null;
}
