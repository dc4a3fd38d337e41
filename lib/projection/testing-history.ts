import { defaultConfig } from "@/lib/config";
import { publicId } from "@/lib/facts/keys";
import {
  alert,
  clock,
  deploy,
  github,
  native,
  type Posted,
  posted,
  push,
  sha,
  word,
} from "@/lib/projection/testing";

const checkout = "acme/checkout";
const mono = "acme/mono";

/** Two services of one repository beside one of its own, and one in two regions. */
export const historyConfig = {
  ...defaultConfig,
  environments: [{ match: "prod-*", tier: null, group: "production" }],
  services: [
    service("checkout", checkout),
    service("web", mono, { paths: ["apps/web/**"], deployments: ["web-*"] }),
    service("api", mono, { paths: ["apps/api/**"], deployments: ["api-*"] }),
  ],
};

function service(name: string, repository: string, more: object = {}) {
  return { name, repository, team: "shop", dependsOn: [], paths: [], deployments: [], ...more };
}

export const incidentOfFirstAlert = publicId(
  "incident",
  `alert:alerts/${sha("HighErrorRate checkout").slice(0, 16)}:${clock("1 10:20")}`,
);

/**
 * A week in which everything happens that derivation tells apart: a failed
 * deployment, its rollback and its fix, a revert, a redeploy, a cherry-pick, a
 * failed attempt, a monorepo, two incidents, people's words, and noise.
 */
export const history: readonly Posted[] = [
  push(checkout, "09:00", null, [{ name: "c0", at: "08:50" }]),
  ...deploy(checkout, 1, "c0", ["09:10", "09:11", "09:15"]),
  push(checkout, "1 09:00", "c0", [
    { name: "c1", at: "0 16:00" },
    { name: "c2", at: "1 08:30" },
  ]),
  github("pull_request", "1 09:00", {
    action: "closed",
    repository: { full_name: checkout },
    pull_request: {
      number: 7,
      title: "Taxes",
      merged: true,
      created_at: clock("0 17:00"),
      updated_at: clock("1 09:00"),
      merged_at: clock("1 09:00"),
      closed_at: clock("1 09:00"),
      merge_commit_sha: sha("c2"),
      head: { ref: "taxes", sha: sha("c2") },
      base: { ref: "main", sha: sha("c0") },
      user: { login: "ana" },
    },
  }),
  ...deploy(checkout, 2, "c2", ["1 10:00", "1 10:01", "1 10:10"]),
  alert("HighErrorRate", "checkout", "1 10:20"),
  alert("HighErrorRate", "checkout", "1 10:20", "1 11:00"),
  alert("SlowRequests", "checkout", "1 10:25", "1 10:50"),
  ...deploy(checkout, 3, "c0", ["1 10:30", "1 10:31", "1 10:40"]),
  push(checkout, "1 12:00", "c2", [{ name: "c3", at: "1 11:30", message: "Round taxes up" }]),
  ...deploy(checkout, 4, "c3", ["1 12:10", "1 12:11", "1 12:20"], { environment: "staging" }),
  ...deploy(checkout, 5, "c3", ["1 13:00", "1 13:01", "1 13:10"]),
  ...deploy(checkout, 6, "c3", ["1 14:00", "1 14:01", "1 14:10"]),
  push(checkout, "2 09:00", "c3", [
    {
      name: "c4",
      at: "2 08:00",
      message: `Revert "Round taxes up"\n\nThis reverts commit ${sha("c3")}.`,
    },
  ]),
  ...deploy(checkout, 7, "c4", ["2 09:10", "2 09:11", "2 09:20"]),
  ...deploy(checkout, 8, "c4", ["2 10:10", "2 10:11", "2 10:20"], { state: "failure" }),
  push(checkout, "2 11:00", "c4", [
    {
      name: "c5",
      at: "2 10:40",
      message: `Round taxes\n\n(cherry picked from commit ${sha("side")})`,
    },
  ]),
  push(checkout, "2 10:50", null, [{ name: "side", at: "2 10:30" }], { ref: "refs/heads/side" }),
  ...deploy(checkout, 9, "c5", ["2 12:10", "2 12:11", "2 12:20"]),
  native("2 13:00", {
    type: "incident",
    id: "i1",
    service: "checkout",
    environment: "production",
    title: "Wrong totals",
    severity: "critical",
    openedAt: clock("2 12:40"),
    resolvedAt: clock("2 15:00"),
    cause: "n1",
  }),
  native("2 12:30", deploymentOf("running")),
  native("2 12:35", deploymentOf("succeeded")),
  push(mono, "09:00", null, [
    { name: "m0", at: "08:00", paths: ["apps/web/a.ts", "apps/api/a.ts"] },
  ]),
  push(mono, "10:00", "m0", [{ name: "m1", at: "09:30", paths: ["apps/web/b.ts"] }]),
  push(mono, "11:00", "m1", [{ name: "m2", at: "10:30", paths: ["apps/api/b.ts"] }]),
  ...["web", "api"].flatMap((name, index) => [
    ...deploy(mono, 20 + index, "m0", ["09:10", "09:11", "09:20"], { service: name }),
    ...deploy(mono, 30 + index, "m2", ["11:10", "11:11", "11:20"], { service: name }),
    ...deploy(mono, 40 + index, "m1", ["12:10", "12:11", "12:20"], { service: name }),
  ]),
  native("12:30", {
    type: "release",
    id: "r1",
    service: "web",
    environment: "production",
    subject: "flag",
    flag: "new-tax",
    enabled: false,
    at: clock("12:30"),
  }),
  alert("WebDown", "web", "11:30", "12:40"),
  word("3 09:00", {
    type: "verdict",
    incident: incidentOfFirstAlert,
    verdict: "confirmed",
    changes: [{ kind: "deployment", id: publicId("deployment", "github/31") }],
    rejected: [],
    note: null,
  }),
  word("3 10:00", {
    type: "verdict",
    incident: incidentOfFirstAlert,
    verdict: "confirmed",
    changes: [{ kind: "deployment", id: publicId("deployment", "github/2") }],
    rejected: [],
    note: "seen in the traces",
  }),
  word("3 11:00", {
    type: "correction",
    deployment: publicId("deployment", "github/9"),
    kind: "fix_forward",
    failed: null,
    note: "it was the fix",
  }),
  ...["eu", "us"].flatMap((region, index) => {
    const environment = `prod-${region}`;
    return [
      ...deploy("acme/ledger", 50 + index, "l0", ["09:10", "09:11", `09:2${index}`], {
        environment,
      }),
      ...deploy("acme/ledger", 60 + index, "l1", ["1 09:10", "1 09:11", `1 09:2${index}`], {
        environment,
      }),
    ];
  }),
  push("acme/ledger", "09:00", null, [{ name: "l0", at: "08:30" }]),
  push("acme/ledger", "1 09:00", "l0", [{ name: "l1", at: "1 08:30" }]),
  github("ping", "09:00", { zen: "Speak like a human." }),
  posted("github", "github", "09:00", "{", { "x-github-event": "push" }),
];

function deploymentOf(status: string) {
  return {
    type: "deployment",
    id: "n1",
    service: "checkout",
    environment: "production",
    revision: sha("c4"),
    status,
    startedAt: clock("2 12:30"),
    ...(status === "succeeded" && { finishedAt: clock("2 12:35") }),
  };
}
