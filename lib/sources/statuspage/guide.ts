import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { proofHeader } from "@/lib/sources/proof-header";

export const statuspageGuide: Guide = {
  // Statuspage's sign, from Simple Icons (CC0).
  icon: {
    path: "M12.008 9.597a5.623 5.623 0 1 1 0 11.245 5.623 5.623 0 0 1 0-11.245zM.154 8.717l3.02 3.574a.639.639 0 0 0 .913.068c4.885-4.379 10.97-4.379 15.84 0a.642.642 0 0 0 .916-.068l3.006-3.574a.646.646 0 0 0-.075-.906c-7.1-6.204-16.462-6.204-23.555 0a.65.65 0 0 0-.065.906z",
  },
  offers: ["path"],
  steps: statuspageSteps,
};

function statuspageSteps(given: Given): Step[] {
  const headers = proofHeader(given, "Header");
  return [
    {
      text: "On your status page press “Subscribe to Updates” and choose the webhook (</>). In the management portal the same is under Subscribers → “Add subscriber” → Webhook.",
    },
    {
      text: "Fill in:",
      fields: [
        ["Endpoint URL", addressToPaste(given)],
        ["Contact email", "who shall hear when deliveries fail"],
      ],
    },
    ...(headers.length > 0 || given.auth === "signature"
      ? [
          {
            text: "Statuspage sends neither headers of your own nor a signature: choose a key in the address, or let a proxy add:",
            fields: headers.length > 0 ? headers : [["Signature", given.secret] as const],
          },
        ]
      : []),
    { text: "Subscribe to all components, or to those that you deploy." },
  ];
}
