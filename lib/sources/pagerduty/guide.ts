import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { proofHeader } from "@/lib/sources/proof-header";

export const pagerdutyGuide: Guide = {
  // PagerDuty's sign, from Simple Icons (CC0).
  icon: {
    path: "M16.965 1.18C15.085.164 13.769 0 10.683 0H3.73v14.55h6.926c2.743 0 4.8-.164 6.61-1.37 1.975-1.303 3.004-3.484 3.004-6.007 0-2.716-1.262-4.896-3.305-5.994zm-5.5 10.326h-4.21V3.113l3.977-.027c3.62-.028 5.43 1.234 5.43 4.128 0 3.113-2.248 4.292-5.197 4.292zM3.73 17.61h3.525V24H3.73Z",
  },
  makesSecret: true,
  steps: pagerdutySteps,
};

function pagerdutySteps(given: Given): Step[] {
  const isSigned = given.auth === "signature";
  return [
    { text: "In PagerDuty open Integrations → Generic Webhooks (v3) → “New Webhook”." },
    {
      text: "Fill in:",
      fields: [
        ["Webhook URL", addressToPaste(given)],
        ["Scope Type", "Account (or the service or team that Pushline shall hear of)"],
        ...proofHeader(given, "Custom Header"),
      ],
    },
    {
      text: "Under Event Subscription tick every incident event, at least incident.triggered, incident.acknowledged, incident.unacknowledged, incident.resolved, incident.reopened and incident.priority_updated, then press “Add Webhook”.",
    },
    isSigned
      ? {
          text: `PagerDuty makes the secret itself and shows it once. Where that is not ${given.secret} already, press “Rotate secret” beside ${given.name}, choose your own and paste it; then “Finish”.`,
        }
      : { text: "Open the webhook again and press “Send Test Event”." },
  ];
}
