import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus, Statement } from "@/lib/facts/types";
import type { Ignored } from "@/lib/sources/event-reader";
import { environmentOfApp } from "@/lib/sources/heroku/environment";
import {
  count,
  identifier,
  name,
  need,
  type Payload,
  part,
  revision,
  text,
} from "@/lib/sources/payload";
import { byStep, stepReport } from "@/lib/sources/step-report";
import { named, toTime } from "@/lib/sources/time";

/**
 * A release of Heroku: every change of code, configuration or add-ons is one
 * (devcenter.heroku.com/articles/webhook-events, api:release). Only code deploys.
 */
export function readRelease(
  source: string,
  body: Payload,
  receivedAt: Date,
): Statement[] | Ignored {
  const release = part(body.data);
  const app = part(release.app);
  const given = release.version;
  const version = need(count(given), given, "data.version", "a number");
  const title = need(name(app.name), app.name, "data.app.name", "the app's name");
  const key = releaseKey(source, identifier(app.id) ?? title, `v${version}`);
  const when = named(
    [release.updated_at, body.published_at, release.created_at].map(toTime),
    receivedAt,
  );
  const description = text(release.description);
  const author = name(part(release.user).email);
  if (isOfVariables(description))
    return [
      {
        noun: "release",
        key,
        ...when,
        members: {
          service: title,
          environment: environmentOfApp(title),
          subject: "configuration",
          version: `v${version}`,
          title: description,
          author,
          at: toTime(release.created_at) ?? when.asOf,
        },
      },
    ];
  const reason = undeployed(release, description);
  if (reason) return { ignored: reason };
  const createdAt = toTime(release.created_at);
  const state = stateOf(release.status);
  return [
    {
      noun: "deployment",
      key,
      ...when,
      members: {
        name: title,
        service: title,
        environment: environmentOfApp(title),
        revision: revision(part(release.slug).commit) ?? shortRevision(description),
        version: `v${version}`,
        author,
        description,
        ...(description && /^rollback to v\d+/i.test(description) && { kind: "rollback" as const }),
        reports: byStep([
          createdAt ? stepReport("running", { asOf: createdAt }) : null,
          stepReport(state, when),
        ]),
      },
    },
  ];
}

/** One release, whichever of Heroku's two webhooks tells of it. */
export function releaseKey(source: string, app: string, version: string): string {
  return sourceKey(source, `${app}:${version}`);
}

/** "Set RATE_LIMIT config vars": a change of what runs, without its values. */
function isOfVariables(description: string | null): boolean {
  return description !== null && /\bconfig vars?$/i.test(description);
}

const ofAddOns =
  /^(attach|detach|update|upgrade|downgrade|add|create|remove|delete|destroy|enable|disable|rotate|transfer|initial|change)\b/i;

/** A release that changed no code keeps the slug that ran, or has none. */
function undeployed(release: Payload, description: string | null): string | null {
  if (description !== null && ofAddOns.test(description))
    return "a release of configuration or an add-on: no code was deployed";
  const hasCode = identifier(part(release.slug).id) !== null || part(release.slug).commit != null;
  // A release may fail before it has a slug; then nothing but its failure is known.
  if (!hasCode && !(release.status === "failed" && description === null))
    return "a release without a slug: no code was deployed";
  return null;
}

/** "Deploy 3eb5f44a": all there is where the slug does not name its commit. */
function shortRevision(description: string | null): string | null {
  return revision(/^(?:deploy|promote \S+ v\d+) ([0-9a-f]{7,40})$/i.exec(description ?? "")?.[1]);
}

/** A release is made with its status pending or none, and updated when its release phase ended. */
function stateOf(status: unknown): AttemptStatus {
  if (status === "succeeded") return "succeeded";
  if (status === "failed" || status === "expired") return "failed";
  return "running";
}
