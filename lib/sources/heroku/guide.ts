import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { notOffered } from "@/lib/sources/not-offered";

const offers = ["signature", "bearer", "path"] as const;

export const herokuGuide: Guide = {
  // An own sign: a flat with an upward arch.
  icon: {
    path: "M4 1h16a2 2 0 0 1 2 2v18a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zm0 2v18h16V3zm3 2h2v5.5c1.3-.5 2.7-.8 4-.8 2.7 0 4 1.3 4 3.8V19h-2v-5.3c0-1.3-.6-2-2-2-1.5 0-3 .5-4 1.2L7 14zm0 9.5L10 17l-3 2.5zM15.5 5H17.5c-.2 1.3-.8 2.5-1.6 3.5h-1.9c.8-1 1.3-2.2 1.5-3.5z",
  },
  offers,
  steps: herokuSteps,
};

function herokuSteps(given: Given): Step[] {
  return [
    ...notOffered(given, "Heroku", offers),
    {
      text: "Add a webhook to each app, with the Heroku command line:",
      code: [
        "heroku webhooks:add --app checkout-production \\",
        `  --include api:release --level sync${given.auth === "signature" ? ` --secret "${given.secret}"` : ""}${given.auth === "bearer" ? ` --authorization "Bearer ${given.secret}"` : ""} \\`,
        `  --url ${addressToPaste(given)}`,
      ].join("\n"),
    },
    {
      text: "Look whether its deliveries arrive:",
      code: "heroku webhooks:deliveries --app checkout-production",
    },
  ];
}
