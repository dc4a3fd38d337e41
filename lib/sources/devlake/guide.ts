import { curlOf, type Given, type Guide, hostSteps, type Step } from "@/lib/sources/guide";

export const devlakeGuide: Guide = {
  icon: {
    path: "M12 2c3.6 4.3 7 8.2 7 12.1A7 7 0 0 1 5 14.1C5 10.2 8.4 6.3 12 2zm0 3.2c-2.6 3.2-5 6.2-5 8.9a5 5 0 0 0 10 0c0-2.7-2.4-5.7-5-8.9zM8.4 14h2a1.7 1.7 0 0 0 1.6 1.7v2A3.7 3.7 0 0 1 8.4 14z",
  },
  steps: devlakeSteps,
};

const example = (at: string) => ({
  id: "checkout-42",
  startedDate: at,
  finishedDate: at,
  environment: "PRODUCTION",
  result: "SUCCESS",
  deploymentCommits: [
    {
      repoUrl: "https://github.com/acme/checkout",
      commitSha: "0123456789abcdef0123456789abcdef01234567",
    },
  ],
});

function devlakeSteps(given: Given): Step[] {
  const own = `${given.origin}/api/rest/plugins/webhook/${given.name}`;
  return [
    {
      text: "Post a deployment, as to DevLake. A first one to try:",
      code: curlOf(given, "application/json", example(given.at)),
    },
    ...hostSteps(
      given,
      "Or keep the scripts that you have: put these in place of DevLake's addresses and key.",
      [
        ["Deployments", `${own}/deployments`],
        ["Incidents", `${own}/issues`],
        ["Close one", `${own}/issue/<key>/close`],
      ],
    ),
  ];
}
