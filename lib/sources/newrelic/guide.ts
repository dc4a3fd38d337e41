import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { proofHeader } from "@/lib/sources/proof-header";

export const newrelicGuide: Guide = {
  // New Relic's sign, from Simple Icons (CC0).
  icon: {
    path: "M8.0015 14.3091v7.384L12.0008 24V12.0008L1.6078 5.9996v4.6167ZM12.0008 0 2.8232 5.2976 6.8209 7.606l5.1799-2.9893 6.3936 3.6913v7.384l-5.1783 2.9908v4.6167l9.176-5.2991V5.9996Z",
  },
  steps: newrelicSteps,
};

const template = `{
  "issueId": {{ json issueId }},
  "issueUrl": {{ json issuePageUrl }},
  "title": {{ json annotations.title.[0] }},
  "priority": {{ json priority }},
  "state": {{ json state }},
  "impactedEntities": {{ json entitiesData.names }},
  "alertConditionNames": {{ json accumulations.conditionName }},
  "createdAt": {{ createdAt }},
  "acknowledgedAt": {{#if acknowledgedAt}}{{ acknowledgedAt }}{{else}}null{{/if}},
  "closedAt": {{#if closedAt}}{{ closedAt }}{{else}}null{{/if}},
  "updatedAt": {{ updatedAt }}
}`;

function newrelicSteps(given: Given): Step[] {
  return [
    {
      text: "In New Relic open Alerts → Destinations → Webhook.",
      fields: [
        ["Webhook name", "Pushline"],
        ["Endpoint URL", addressToPaste(given)],
        ...proofOf(given),
      ],
    },
    {
      text: "Open Alerts → Workflows → “Add a workflow”, filter the issues that Pushline shall hear of, and under “Notify” choose Webhook and this destination.",
    },
    { text: "As the payload's template paste:", code: template },
    {
      text: "Leave notifications for activated, acknowledged and closed issues on, then press “Activate workflow”.",
    },
  ];
}

function proofOf(given: Given): (readonly [string, string])[] {
  switch (given.auth) {
    case "bearer":
      return [
        ["Authorization", "Bearer token"],
        ["Token", given.secret],
      ];
    case "basic":
      return [
        ["Authorization", "Basic"],
        ["User name", given.username],
        ["Password", given.secret],
      ];
    case "header":
    case "path":
    case "signature":
      return [...proofHeader(given, "Custom header")];
  }
}
