import { clock, deploy, native, type Posted, posted, push, sha } from "@/lib/projection/testing";
import { jsonOf } from "@/lib/sources/testing/fixtures";

/** For tests: one deployment as GitHub, Argo CD and a line in a pipeline each report it. */

const repository = "acme/checkout";
const artifact = `sha256:${"a".repeat(64)}`;

/** What ran before, and the commits. */
export const before: readonly Posted[] = [
  push(repository, "09:00", null, [{ name: "c0", at: "08:50" }]),
  ...deploy(repository, 1, "c0", ["09:10", "09:11", "09:15"]),
  push(repository, "10:00", "c0", [{ name: "c1", at: "09:50" }]),
];

/** From 10:11 to 10:15, by the code's revision. */
export const byGithub = deploy(repository, 2, "c1", ["10:10", "10:11", "10:15"]);

/** From 10:12 to 10:14, by the revision and the artifact. */
export const byLine = (at: [string, string] = ["10:12", "10:14"], more: object = {}): Posted =>
  native(at[1], {
    type: "deployment",
    id: "line",
    service: "checkout",
    environment: "production",
    revision: sha("c1"),
    artifact,
    version: "2.4.0",
    status: "succeeded",
    author: "bo",
    url: "https://ci.example/runs/7",
    startedAt: clock(at[0]),
    finishedAt: clock(at[1]),
    ...more,
  });

const application = jsonOf("argocd", "application.1.json");

/** From 10:13 to 10:16, by the manifests' revision and, once it runs, the artifact. */
export const byArgocd: readonly Posted[] = [sync("10:13", null), sync("10:13", "10:16")];

function sync(started: string, finished: string | null): Posted {
  const { metadata, status } = application;
  const { revisions, ...result } = status.operationState.syncResult;
  const body = {
    ...application,
    metadata: { ...metadata, labels: { service: "checkout", environment: "production" } },
    status: {
      ...status,
      summary: { images: [`registry.example/checkout@${artifact}`] },
      health: { status: "Healthy" },
      operationState: {
        ...status.operationState,
        phase: finished ? "Succeeded" : "Running",
        startedAt: clock(started),
        finishedAt: finished ? clock(finished) : undefined,
        syncResult: { ...result, revision: sha("manifests") },
      },
    },
  };
  return posted("argocd", "argocd", finished ?? started, body);
}
