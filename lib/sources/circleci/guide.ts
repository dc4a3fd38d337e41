import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { notOffered } from "@/lib/sources/not-offered";

const offers = ["signature", "path"] as const;

export const circleciGuide: Guide = {
  // From Simple Icons (CC0).
  icon: {
    path: "M8.963 12c0-1.584 1.284-2.855 2.855-2.855 1.572 0 2.856 1.284 2.856 2.855 0 1.572-1.284 2.856-2.856 2.856-1.57 0-2.855-1.284-2.855-2.856zm2.855-12C6.215 0 1.522 3.84.19 9.025c-.01.036-.01.07-.01.12 0 .313.252.576.575.576H5.59c.23 0 .433-.13.517-.333.997-2.16 3.18-3.672 5.712-3.672 3.466 0 6.286 2.82 6.286 6.287 0 3.47-2.82 6.29-6.29 6.29-2.53 0-4.714-1.5-5.71-3.673-.097-.19-.29-.336-.517-.336H.755c-.312 0-.575.253-.575.576 0 .037.014.072.014.12C1.514 20.16 6.214 24 11.818 24c6.624 0 12-5.375 12-12 0-6.623-5.376-12-12-12z",
  },
  offers,
  steps: circleciSteps,
};

function circleciSteps(given: Given): Step[] {
  return [
    ...notOffered(given, "CircleCI", offers),
    { text: "In CircleCI open the project → Project Settings → Webhooks → Add Webhook." },
    {
      text: "Fill in:",
      fields: [
        ["Webhook name", "Pushline"],
        ["Receiver URL", addressToPaste(given)],
        ...(given.auth === "signature" ? ([["Secret token", given.secret]] as const) : []),
      ],
    },
    {
      text: "Tick “Workflow Completed” and “Job Completed”, leave the verification of certificates on, and press “Test Ping Event”, then “Add Webhook”. The ping is kept and ignored.",
    },
    {
      text: "CircleCI's webhooks tell of builds alone. Say in the job that deploys what it deployed where:",
      code: [
        "- run:",
        "    name: Tell Pushline",
        "    command: |",
        `      curl ${given.origin}/api/v1/events \\`,
        '        -H "Authorization: Bearer $PUSHLINE_TOKEN" -H "Content-Type: application/json" \\',
        `        -d '{"type":"deployment","id":"'"$CIRCLE_WORKFLOW_JOB_ID"'","service":"'"$CIRCLE_PROJECT_REPONAME"'","environment":"production","revision":"'"$CIRCLE_SHA1"'","status":"succeeded"}'`,
      ].join("\n"),
    },
  ];
}
