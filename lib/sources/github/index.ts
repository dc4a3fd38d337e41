import { githubGuide } from "@/lib/sources/github/guide";
import { githubHistory } from "@/lib/sources/github/history";
import { githubMissed } from "@/lib/sources/github/missed";
import { readGithub } from "@/lib/sources/github/read";
import { signBody, verifySignature } from "@/lib/sources/github/signature";
import type { Provider } from "@/lib/sources/reader";

export const github: Provider = {
  name: "github",
  title: "GitHub",
  guide: githubGuide,
  defaultAuth: "signature",
  verify: verifySignature,
  // A redelivery by hand keeps the id; GitHub never redelivers by itself.
  deliveryId: ({ headers }) => headers["x-github-delivery"] || null,
  eventName: ({ headers }) => headers["x-github-event"] || "unknown",
  keptHeaders: ["x-github-event", "x-github-delivery", "x-github-hook-id"],
  read: readGithub,
  sign: signBody,
  history: githubHistory,
  missed: githubMissed,
  // What GitHub itself sends when a webhook is made; it is read as ignored.
  testDelivery: (id) => ({
    headers: {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": id,
    },
    body: Buffer.from(JSON.stringify({ zen: "Sent by Pushline as a test.", hook: { id: 0 } })),
  }),
};
