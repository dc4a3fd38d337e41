import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";

export const unleashGuide: Guide = {
  icon: {
    path: "M7 6h10a6 6 0 0 1 0 12H7A6 6 0 0 1 7 6zM17 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  },
  steps: unleashSteps,
};

function unleashSteps(given: Given): Step[] {
  return [
    { text: "In Unleash open Admin → Integrations → Webhook → “Connect”." },
    {
      text: "Fill in:",
      fields: [
        ["Webhook URL", addressToPaste(given)],
        ["HTTP Content-Type", "application/json"],
        ...proofOf(given),
      ],
    },
    { text: "Leave “Body template” empty, so that the event is sent whole." },
    {
      text: "As events choose feature-created, feature-archived, feature-revived, feature-deleted, feature-environment-enabled, feature-environment-disabled, feature-strategy-add, feature-strategy-update, feature-strategy-remove and feature-environment-variants-updated, then press “Create”.",
    },
  ];
}

function proofOf({ auth, username, header, secret }: Given): (readonly [string, string])[] {
  switch (auth) {
    case "bearer":
      return [["Authorization", `Bearer ${secret}`]];
    case "basic":
      return [["Authorization", `Basic and the base64 of ${username}:${secret}`]];
    case "header":
      return [["Extra HTTP Headers", JSON.stringify({ [header]: secret })]];
    case "path":
    case "signature":
      return [];
  }
}
