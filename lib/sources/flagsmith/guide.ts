import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { proofHeader } from "@/lib/sources/proof-header";

export const flagsmithGuide: Guide = {
  icon: {
    path: "M5 2h2v1h12l-3 5 3 5H7v9H5z",
  },
  offers: ["signature", "path"],
  steps: flagsmithSteps,
};

function flagsmithSteps(given: Given): Step[] {
  return [
    {
      text: "In Flagsmith open the environment that Pushline shall hear of, then Environment Settings → Webhooks → “Create webhook”.",
    },
    {
      text: "Fill in:",
      fields: [
        ["URL", addressToPaste(given)],
        ...(given.auth === "signature"
          ? ([["Secret", given.secret]] as const)
          : proofHeader(given, "Header, added by a proxy of yours")),
      ],
    },
    {
      text: "Press “Test your webhook” and “Create”. Do the same in every environment; each has its own webhooks.",
    },
  ];
}
