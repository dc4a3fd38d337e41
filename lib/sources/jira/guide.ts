import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { proofHeader } from "@/lib/sources/proof-header";

export const jiraGuide: Guide = {
  // Jira's sign, from Simple Icons (CC0).
  icon: {
    path: "M11.571 11.513H0a5.218 5.218 0 0 0 5.232 5.215h2.13v2.057A5.215 5.215 0 0 0 12.575 24V12.518a1.005 1.005 0 0 0-1.005-1.005zm5.723-5.756H5.736a5.215 5.215 0 0 0 5.215 5.214h2.129v2.058a5.218 5.218 0 0 0 5.215 5.214V6.758a1.001 1.001 0 0 0-1.001-1.001zM23.013 0H11.455a5.215 5.215 0 0 0 5.215 5.215h2.129v2.057A5.215 5.215 0 0 0 24 12.483V1.005A1.001 1.001 0 0 0 23.013 0Z",
  },
  offers: ["signature", "path"],
  steps: jiraSteps,
};

function jiraSteps(given: Given): Step[] {
  return [
    { text: "In Jira open Settings → System → WebHooks → “Create a WebHook”." },
    {
      text: "Fill in:",
      fields: [
        ["Name", "Pushline"],
        ["URL", addressToPaste(given)],
        ...(given.auth === "signature" ? ([["Secret", given.secret]] as const) : []),
        ...proofHeader(given, "Header, added by a proxy of yours"),
      ],
    },
    {
      text: "Under “Issue related events” write the filter that says which issues are incidents, for example:",
      code: "issuetype = Incident OR labels = incident",
    },
    { text: "Tick created, updated and deleted of Issue, then press “Create”." },
  ];
}
