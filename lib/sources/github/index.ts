import { readGithub } from "@/lib/sources/github/read";
import { verifySignature } from "@/lib/sources/github/signature";
import type { Provider } from "@/lib/sources/reader";

export const github: Provider = {
  name: "github",
  defaultAuth: "signature",
  verify: verifySignature,
  // A redelivery by hand keeps the id; GitHub never redelivers by itself.
  deliveryId: ({ headers }) => headers["x-github-delivery"] || null,
  eventName: ({ headers }) => headers["x-github-event"] || "unknown",
  keptHeaders: ["x-github-event", "x-github-delivery", "x-github-hook-id"],
  read: readGithub,
};
