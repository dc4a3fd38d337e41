import { eventOf } from "@/lib/sources/gitea/delivery";
import { giteaGuide } from "@/lib/sources/gitea/guide";
import { readGiteaAs } from "@/lib/sources/gitea/read";
import { signForGitea, verifyGitea } from "@/lib/sources/gitea/signature";
import type { Provider, Reader } from "@/lib/sources/reader";

/** Gitea and its forks, whose payloads the given reader of GitHub's understands for the most part. */
export const giteaLike = (github: Pick<Reader, "read">): Provider => ({
  name: "gitea",
  title: "Gitea and Forgejo",
  defaultAuth: "signature",
  verify: verifyGitea,
  deliveryId: ({ headers }) => headers["x-gitea-delivery"] || headers["x-forgejo-delivery"] || null,
  eventName: ({ headers }) => eventOf(headers) ?? "unknown",
  keptHeaders: [
    "x-gitea-event",
    "x-gitea-event-type",
    "x-gitea-delivery",
    "x-forgejo-event",
    "x-forgejo-delivery",
    "x-gogs-event",
    "x-github-event",
  ],
  guide: giteaGuide,
  read: (input) => readGiteaAs(github, input),
  sign: signForGitea,
  // Gitea's own test is a push that moves nothing; this event is one that it does not have.
  testDelivery: (id, at) => ({
    headers: {
      "content-type": "application/json",
      "x-gitea-event": "test",
      "x-gitea-delivery": id,
    },
    body: Buffer.from(JSON.stringify({ sent_at: at.toISOString() })),
  }),
});
