import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";

export const harnessGuide: Guide = {
  // An own sign: an H in a ring.
  icon: {
    path: "M12 0a12 12 0 1 0 0 24 12 12 0 0 0 0-24zm0 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zM7 6v12h3v-4.5h4V18h3V6h-3v4.5h-4V6z",
  },
  steps: harnessSteps,
};

function harnessSteps(given: Given): Step[] {
  return given.auth === "signature" ? codeSteps(given) : pipelineSteps(given);
}

function pipelineSteps(given: Given): Step[] {
  return [
    {
      text: "In the pipeline's YAML (or under Notify → Notifications, with the method Webhook) add this rule. Write in its headers what the pipeline deploys where; without them it is a build alone:",
      code: [
        "notificationRules:",
        "  - name: Pushline",
        "    identifier: pushline",
        "    enabled: true",
        "    pipelineEvents:",
        "      - type: PipelineStart",
        "      - type: PipelineSuccess",
        "      - type: PipelineFailed",
        "      - type: PipelineEnd",
        "    notificationMethod:",
        "      type: Webhook",
        "      spec:",
        `        webhookUrl: ${addressToPaste(given)}`,
        "        headers:",
        "          content-type: application/json",
        ...proofOf(given).map((line) => `          ${line}`),
        "          pushline-status: <+pipeline.status>",
        "          pushline-service: checkout",
        "          pushline-environment: production",
        "          pushline-repository: acme/checkout",
        "          pushline-revision: <+codebase.commitSha>",
      ].join("\n"),
    },
    {
      text: "For repositories of Harness Code add a source of its own, which proves itself by a signature.",
    },
  ];
}

function codeSteps(given: Given): Step[] {
  return [
    { text: "In Harness Code open the repository → Manage Repository → Webhooks → New Webhook." },
    {
      text: "Fill in:",
      fields: [
        ["Name", "pushline"],
        ["Payload URL", addressToPaste(given)],
        ["Secret", given.secret],
        ["SSL verification", "enabled"],
      ],
    },
    {
      text: "Choose “Let me select individual events” and tick branches and tags created and updated, and pull requests created, reopened, updated, branch updated, closed and merged.",
    },
  ];
}

function proofOf({ auth, username, header, secret }: Given): string[] {
  switch (auth) {
    case "bearer":
      return [`authorization: Bearer ${secret}`];
    case "header":
      return [`${header}: ${secret}`];
    case "basic":
      return [
        `# authorization: "Basic " and the base64 of ${username}:${secret}`,
        "authorization: Basic …",
      ];
    default:
      return [];
  }
}
