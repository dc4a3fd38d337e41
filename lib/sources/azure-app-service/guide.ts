import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { notOffered } from "@/lib/sources/not-offered";

const offers = ["path", "basic"] as const;

export const azureAppServiceGuide: Guide = {
  // An own sign: a page in the cloud.
  icon: {
    path: "M7 19a5 5 0 0 1-.9-9.9A6.5 6.5 0 0 1 18.6 9.1 5 5 0 0 1 18 19zm0-2h11a3 3 0 0 0 .2-6l-1.3-.1-.2-1.3a4.5 4.5 0 0 0-8.8 0l-.2 1.3-1.3.1A3 3 0 0 0 7 17zm2-5h6v1.5H9zm0 2.5h4V16H9z",
  },
  offers,
  steps: azureAppServiceSteps,
};

function azureAppServiceSteps(given: Given): Step[] {
  return [
    ...notOffered(given, "App Service", offers),
    {
      text: "Tell the deployment service (Kudu) of each app and each slot where to post, with the deployment credentials of its publish profile:",
      code: [
        'curl -u "$DEPLOYMENT_USER:$DEPLOYMENT_PASSWORD" -H "Content-Type: application/json" \\',
        "  https://APP.scm.azurewebsites.net/api/hooks \\",
        `  -d '{"url":"${addressToPaste(given)}","event":"PostDeployment"}'`,
      ].join("\n"),
    },
    ...(given.auth === "basic"
      ? [
          {
            text: "Name and password stand in that url, before the host, as https://NAME:PASSWORD@…",
            fields: [
              ["NAME", given.username],
              ["PASSWORD", given.secret],
            ] as const,
          },
        ]
      : []),
    {
      text: "Or by hand: https://APP.scm.azurewebsites.net → Tools → Web hooks, with the event PostDeployment.",
    },
  ];
}
