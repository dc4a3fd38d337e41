import { sourceKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import { jenkinsResult } from "@/lib/sources/jenkins-result";
import {
  count,
  identifier,
  list,
  name,
  need,
  type Payload,
  part,
  revision,
  text,
} from "@/lib/sources/payload";
import { repositoryAt } from "@/lib/sources/repository-address";
import { contentOf, timeOf } from "@/lib/sources/spinnaker/content";
import { latestTime, named } from "@/lib/sources/time";

/** A build that igor watched at a CI server, in Jenkins' words. It knows a job, and seldom a commit. */
export function readBuild(source: string, event: Payload, receivedAt: Date): Statement[] {
  const content = contentOf(event);
  const project = part(content.project);
  const build = part(project.lastBuild);
  const job = need(name(project.name), project.name, "content.project.name", "a name");
  const number = need(
    identifier(build.number),
    build.number,
    "content.project.lastBuild.number",
    "a number",
  );
  const [scm] = list(build.scm).map(part);
  const startedAt = timeOf(build.timestamp);
  const finishedAt = build.building === true ? null : endOf(startedAt, build.duration);
  const created = timeOf(part(event.details).created);
  const when = named([latestTime([finishedAt, startedAt]), created], receivedAt);
  const status = build.building === true ? "running" : jenkinsResult(build.result);
  return [
    {
      noun: "build",
      key: sourceKey(source, `build:${name(content.master) ?? ""}/${job}#${number}`),
      ...when,
      members: {
        repository: repositoryAt(scm?.remoteUrl) ?? repositoryAt(scm?.url) ?? job,
        branch: name(scm?.branch),
        revision: revision(scm?.sha1),
        name: job,
        status,
        startedAt,
        finishedAt: status === "running" ? null : (finishedAt ?? when.asOf),
        url: text(build.url),
        ...artifactOf(build),
      },
    },
  ];
}

function endOf(startedAt: string | null, duration: unknown): string | null {
  const milliseconds = count(duration);
  if (startedAt === null || milliseconds === null) return null;
  return new Date(Date.parse(startedAt) + milliseconds).toISOString();
}

function artifactOf(build: Payload): { artifact?: string } {
  const files = list(build.artifacts).flatMap((each) => text(part(each).fileName, 1000) ?? []);
  const [only] = files;
  return only && files.length === 1 ? { artifact: only } : {};
}
