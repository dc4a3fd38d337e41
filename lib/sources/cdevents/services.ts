import type { DeploymentMembers, Statement } from "@/lib/facts/types";
import { type Cdevent, eventKey, reference, subjectKey } from "@/lib/sources/cdevents/event";
import { readArtifact } from "@/lib/sources/cdevents/purl";
import { identifier, name, revision, text } from "@/lib/sources/payload";

/**
 * A service was deployed, upgraded or rolled back: a deployment that has
 * finished, of which the event tells no start. Removed: an attempt that put
 * nothing in place, so that what ran before is not said to run on in its stead,
 * while the change still stands among the suspects of what followed.
 */
export function readService(event: Cdevent): Statement[] {
  const { predicate, content, when } = event;
  if (predicate === "published") return [published(event)];
  const ended = predicate === "removed" ? "canceled" : "succeeded";
  const members: DeploymentMembers = {
    service: name(event.subject),
    environment: reference(content.environment),
    ...whatRan(event),
    status: ended,
    finishedAt: when.asOf,
    ...(predicate === "rolledback" && { kind: "rollback" }),
    ...(predicate === "removed" && { description: "removed" }),
  };
  return [{ noun: "deployment", key: eventKey(event), ...when, members }];
}

function published(event: Cdevent): Statement {
  const { content, when } = event;
  return {
    noun: "release",
    key: eventKey(event),
    ...when,
    members: {
      service: name(event.subject),
      environment: reference(content.environment),
      subject: "launch",
      at: when.asOf,
    },
  };
}

/** An artifact was published under its name and version. */
export function readPublishedArtifact(event: Cdevent): Statement[] {
  const { content, when } = event;
  const purl = readArtifact(event.subject);
  return [
    {
      noun: "release",
      key: subjectKey(event),
      ...when,
      members: {
        service: name(purl.name) ?? name(event.subject),
        repository: name(purl.repository),
        revision: revision(purl.revision),
        subject: "tag",
        version: name(purl.version),
        author: name(content.user),
        at: when.asOf,
      },
    },
  ];
}

/** The artifact says most; what the sender adds in customData says the rest. */
export function whatRan({ content, custom }: Cdevent) {
  const given = identifier(content.artifactId, 1000);
  const purl = given === null ? null : readArtifact(given);
  return {
    artifact: text(purl?.artifact) ?? null,
    version: name(custom.version) ?? name(purl?.version),
    revision: revision(custom.revision) ?? revision(purl?.revision),
    repository: name(custom.repository) ?? name(purl?.repository),
  };
}
