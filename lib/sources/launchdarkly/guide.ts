import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { proofHeader } from "@/lib/sources/proof-header";

export const launchdarklyGuide: Guide = {
  icon: {
    path: "M3 10.5h11.2L9.6 5.9l2.1-2.1L20 12l-8.3 8.2-2.1-2.1 4.6-4.6H3z",
  },
  offers: ["signature", "path"],
  steps: launchdarklySteps,
};

function launchdarklySteps(given: Given): Step[] {
  return [
    { text: "In LaunchDarkly open Settings → Integrations → Webhooks → “Add integration”." },
    {
      text: "Fill in:",
      fields: [
        ["Name", "Pushline"],
        ["URL", addressToPaste(given)],
        ...(given.auth === "signature"
          ? ([["Sign this webhook", given.secret]] as const)
          : proofHeader(given, "Header, added by a proxy of yours")),
      ],
    },
    {
      text: "Under “Policy” paste, so that only changes of flags are sent:",
      code: '[{"resources": ["proj/*:env/*:flag/*"], "actions": ["*"], "effect": "allow"}]',
    },
    { text: "Accept the terms and press “Save settings”." },
  ];
}
