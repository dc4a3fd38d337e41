import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus } from "@/lib/facts/types";
import { environmentInName } from "@/lib/sources/environment-in-name";
import { isFullRevision } from "@/lib/sources/git-ref";
import { identifier, name, need, payloadOf, revision, text } from "@/lib/sources/payload";
import type { DeliveryInput, Reading } from "@/lib/sources/reader";
import { latestTime, named, toTime } from "@/lib/sources/time";

/**
 * Kudu's post-deployment hook: one deployment, at its end. The site's name holds its
 * slot, which is the environment (github.com/projectkudu/kudu/wiki/Web-hooks).
 */
export function readAppService({ source, body, receivedAt }: DeliveryInput): Reading {
  const deployment = payloadOf(body);
  const given = deployment.siteName;
  const site = need(name(given), given, "siteName", "the site's name");
  const id = need(identifier(deployment.id), deployment.id, "id", "the deployment's id");
  const status = statusOf(deployment.status, deployment.complete);
  const event = `deploy.${name(deployment.status)?.toLowerCase() ?? "unknown"}`;
  if (!status) return { outcome: "ignored", event, reason: "a status that is not known here" };
  const startedAt = toTime(deployment.startTime);
  const queuedAt = toTime(deployment.receivedTime);
  const finishedAt = toTime(deployment.endTime);
  const when = named([latestTime([finishedAt, startedAt, queuedAt])], receivedAt);
  const [app, slot] = site.split("__");
  const isOver = status !== "running";
  return {
    outcome: "read",
    event,
    statements: [
      {
        noun: "deployment",
        // Kudu deploys a commit again under the same id.
        key: sourceKey(source, `${site}:${id}:${queuedAt ?? startedAt ?? ""}`),
        ...when,
        members: {
          name: site,
          service: app || site,
          environment: slot || environmentInName(site),
          // A deployment of a package has an id of its own in place of a commit.
          revision: isFullRevision(id) ? revision(id) : null,
          author: name(deployment.author) ?? name(deployment.deployer),
          description: text(deployment.message) ?? text(deployment.statusText),
          status,
          queuedAt,
          startedAt,
          ...(isOver && { finishedAt: finishedAt ?? when.asOf }),
        },
      },
    ],
  };
}

function statusOf(status: unknown, complete: unknown): AttemptStatus | null {
  switch (name(status)?.toLowerCase()) {
    case "success":
      return "succeeded";
    case "failed":
      return "failed";
    case "pending":
    case "building":
    case "deploying":
      return complete === true ? null : "running";
    default:
      return null;
  }
}
