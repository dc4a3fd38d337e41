import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { proofHeader } from "@/lib/sources/proof-header";

export const firehydrantGuide: Guide = {
  icon: {
    path: "M10 2h4v2h2v3H8V4h2zM8 8h8v3h2v3h-2v6h2v2H6v-2h2v-6H6v-3h2zM12 11a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  },
  offers: ["signature", "path"],
  steps: firehydrantSteps,
};

function firehydrantSteps(given: Given): Step[] {
  const headers = proofHeader(given, "Header, added by a proxy of yours");
  return [
    {
      text: "In FireHydrant open Settings → Webhooks → “Add webhook”.",
      fields: [
        ["URL", addressToPaste(given)],
        [
          "Signature secret",
          given.auth === "signature" ? given.secret : "any: it is not looked at",
        ],
        ["Subscriptions", "Incidents"],
        ...headers,
      ],
    },
    { text: "Press “Create webhook”. Let incidents name the services they impact." },
  ];
}
