import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { notOffered } from "@/lib/sources/not-offered";

const offers = ["signature", "path"] as const;

export const vercelGuide: Guide = {
  // From Simple Icons (CC0).
  icon: {
    path: "m12 1.608 12 20.784H0Z",
  },
  offers,
  makesSecret: true,
  steps: vercelSteps,
};

function vercelSteps(given: Given): Step[] {
  return [
    ...notOffered(given, "Vercel", offers),
    {
      text: "In Vercel open the team's Settings → Webhooks (plans Pro and Enterprise; others by an integration), and tick Deployment Created, Succeeded, Promoted, Error and Canceled. Without Promoted nothing in production ever finishes. Choose the projects, and fill in:",
      fields: [["Endpoint", addressToPaste(given)]],
    },
    {
      text: "Press “Create Webhook”.",
    },
    ...(given.auth === "signature"
      ? [
          {
            text: "Vercel makes the secret and shows it once. Where this source does not have it already, press “Rotate secret” beside it, choose your own and paste it; it takes the place of:",
            fields: [["This source's own secret", given.secret]] as const,
          },
        ]
      : []),
  ];
}
