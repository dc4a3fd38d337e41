import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { proofHeader } from "@/lib/sources/proof-header";

export const incidentioGuide: Guide = {
  icon: {
    path: "M12 2c1 4 6 6 6 12a6 6 0 0 1-12 0c0-3 2-4 3-7 1 2 2 3 3 3 1-3 0-6 0-8z",
  },
  makesSecret: true,
  steps: incidentioSteps,
};

function incidentioSteps(given: Given): Step[] {
  const isSigned = given.auth === "signature";
  return [
    {
      text: "In incident.io open Settings → Webhooks → “Add endpoint”.",
      fields: [["Endpoint URL", addressToPaste(given)], ...proofHeader(given, "Custom header")],
    },
    {
      text: "Subscribe to public_incident.incident_created_v2, public_incident.incident_updated_v2 and public_incident.incident_status_updated_v2, then press “Create”.",
    },
    ...(isSigned
      ? [
          {
            text: `incident.io makes the signing secret itself (whsec_…) and shows it beside the endpoint. Where that is not ${given.secret} already, press “Rotate secret” beside ${given.name}, choose your own and paste it; then “Finish”.`,
          },
        ]
      : []),
  ];
}
