import { gitlabGuide } from "@/lib/sources/gitlab/guide";
import { gitlabHistory } from "@/lib/sources/gitlab/history";
import { gitlabMissed } from "@/lib/sources/gitlab/missed";
import { readGitlab } from "@/lib/sources/gitlab/read";
import { proveByToken, verifyGitlab } from "@/lib/sources/gitlab/signature";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

export const gitlab: Provider = {
  name: "gitlab",
  title: "GitLab",
  defaultAuth: "signature",
  verify: verifyGitlab,
  // The same on every retry; versions that send none send no retries' id at all.
  deliveryId: ({ headers }) => headers["idempotency-key"] || headers["webhook-id"] || null,
  eventName: ({ headers, body }) => kindOf(body) ?? headers["x-gitlab-event"] ?? "unknown",
  keptHeaders: [
    "x-gitlab-event",
    "x-gitlab-event-uuid",
    "x-gitlab-webhook-uuid",
    "x-gitlab-instance",
    "idempotency-key",
    "webhook-id",
    "webhook-timestamp",
  ],
  guide: gitlabGuide,
  read: readGitlab,
  history: gitlabHistory,
  missed: gitlabMissed,
  sign: proveByToken,
  // GitLab's own test sends a real event; this one is of a kind that it does not have.
  testDelivery: (id, at) => ({
    headers: {
      "content-type": "application/json",
      "x-gitlab-event": "Test Hook",
      "idempotency-key": id,
    },
    body: Buffer.from(JSON.stringify({ object_kind: "test", sent_at: at.toISOString() })),
  }),
};

/** The header says "System Hook" of every kind there; the body's first member names it. */
function kindOf(body: Uint8Array): string | null {
  const kind = /"object_kind"\s*:\s*"([a-z_]{1,60})"/.exec(beginning(body))?.[1] ?? null;
  return kind === "build" ? "job" : kind;
}
