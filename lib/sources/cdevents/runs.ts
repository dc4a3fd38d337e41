import type { AttemptStatus, BuildMembers, Statement } from "@/lib/facts/types";
import { type Cdevent, reference, subjectKey } from "@/lib/sources/cdevents/event";
import { readArtifact } from "@/lib/sources/cdevents/purl";
import { whatRan } from "@/lib/sources/cdevents/services";
import { name, part, revision, text } from "@/lib/sources/payload";

/** Runs of pipelines and builds are builds, each by its own subject; so are runs of suites that name no repository. */
export function readRun(event: Cdevent): Statement[] {
  const { content, custom } = event;
  const suite = part(content.testSuite);
  const runName =
    name(content.pipelineName) ?? name(suite.name) ?? name(suite.id) ?? name(custom.name);
  const { artifact, revision, repository } = whatRan(event);
  return [
    buildStatement(event, {
      name: runName ?? event.type.split(".")[0],
      ...(artifact && { artifact }),
      ...(revision && { revision }),
      ...(repository && { repository }),
      url: text(content.uri) ?? text(content.url),
      ...progress(event),
    }),
  ];
}

/** A package made from a change: a build that succeeded. */
export function readPackagedArtifact(event: Cdevent): Statement[] {
  const { content, when, subject } = event;
  const purl = readArtifact(subject);
  const change = part(content.change);
  const repository = name(purl.repository) ?? name(change.source);
  return [
    buildStatement(event, {
      name: name(purl.name) ?? "package",
      ...(repository && { repository }),
      revision: revision(reference(content.change)) ?? revision(purl.revision),
      artifact: text(purl.artifact),
      status: "succeeded",
      finishedAt: when.asOf,
    }),
  ];
}

/** CDEvents' runs name no repository, so that the subject's source stands in where nothing else does. */
function buildStatement(event: Cdevent, members: BuildMembers): Statement {
  const { subjectSource, subject, when } = event;
  const repository = members.repository ?? name(subjectSource) ?? name(subject);
  return {
    noun: "build",
    key: subjectKey(event),
    ...when,
    members: { ...members, repository },
  };
}

function progress({ type, predicate, content, when }: Cdevent): BuildMembers {
  if (predicate === "queued") return { status: "queued", queuedAt: when.asOf };
  if (predicate === "started") return { status: "running", startedAt: when.asOf };
  return { status: outcome(type, content.outcome), finishedAt: when.asOf };
}

/** A finished build tells no outcome, only its artifact; elsewhere none that is known is in no figure. */
export function outcome(type: string, told: unknown): Exclude<AttemptStatus, "queued" | "running"> {
  if (told === "success" || told === "pass") return "succeeded";
  if (told === "failure" || told === "fail" || told === "error") return "failed";
  return type.startsWith("build.") && told === undefined ? "succeeded" : "canceled";
}
