import { addressToPaste, type Given, type Step } from "./given";

export function githubSteps(given: Given): Step[] {
  return [
    {
      text: "In the repository (or the organisation, for all of its repositories at once) open Settings → Webhooks → Add webhook.",
    },
    {
      text: "Fill in:",
      fields: [
        ["Payload URL", addressToPaste(given)],
        ["Content type", "application/json"],
        ...(given.auth === "signature" ? ([["Secret", given.secret]] as const) : []),
      ],
    },
    {
      text: "Choose “Let me select individual events” and tick Pushes, Pull requests, Pull request reviews, Deployments, Deployment statuses, Workflow runs, Workflow jobs, Releases, Branch or tag creation, Issues.",
    },
    { text: "Press “Add webhook”. GitHub sends a ping at once, which is kept and ignored." },
  ];
}
