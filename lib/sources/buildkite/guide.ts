import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { notOffered } from "@/lib/sources/not-offered";

const offers = ["signature", "header", "path"] as const;

export const buildkiteGuide: Guide = {
  // From Simple Icons (CC0).
  icon: {
    path: "M23.613 8.143l-7.668-3.856v7.712l7.668-3.855zM8.166 15.857V8.143L.387 4.287V12l7.78 3.857zM.183 3.958a.382.382 0 01.377-.017l7.606 3.771 7.607-3.771a.386.386 0 01.346 0l7.668 3.857a.386.386 0 01.213.345v7.71a.388.388 0 01-.213.346l-7.668 3.86a.389.389 0 01-.562-.345v-7.09l-7.219 3.58a.392.392 0 01-.344 0L.215 12.346A.387.387 0 010 12V4.287a.385.385 0 01.183-.329z",
  },
  offers,
  steps: buildkiteSteps,
};

function buildkiteSteps(given: Given): Step[] {
  return [
    ...notOffered(given, "Buildkite", offers),
    {
      text: "In Buildkite open Organization Settings → Notification Services and press “Add” beside Webhook.",
    },
    {
      text: "Fill in:",
      fields: [
        ["Description", "Pushline"],
        ["Webhook URL", addressToPaste(given)],
        ...proofOf(given),
      ],
    },
    {
      text: "Tick the events build.scheduled, build.running, build.failing, build.finished, job.started and job.finished, choose the pipelines, and press “Add Webhook Notification”. A ping can be sent from the same page; it is kept and ignored.",
    },
    {
      text: "A webhook tells of builds. Say in the step that deploys what it deployed where:",
      code: [
        "steps:",
        '  - label: ":rocket: Deploy"',
        "    command: |",
        "      ./deploy.sh",
        `      curl ${given.origin}/api/v1/events \\`,
        '        -H "Authorization: Bearer $$PUSHLINE_TOKEN" -H "Content-Type: application/json" \\',
        `        -d '{"type":"deployment","id":"'"$$BUILDKITE_JOB_ID"'","service":"checkout","environment":"production","revision":"'"$$BUILDKITE_COMMIT"'","status":"succeeded"}'`,
      ].join("\n"),
    },
  ];
}

function proofOf({ auth, header, secret }: Given): (readonly [string, string])[] {
  switch (auth) {
    case "signature":
      return [
        ["Token", secret],
        ["Send", "an HMAC signature in the X-Buildkite-Signature header"],
      ];
    case "header":
      return [
        ["Token", secret],
        ["Send", `the token in the X-Buildkite-Token header (this source expects it in ${header})`],
      ];
    default:
      return [];
  }
}
