import { curlOf, type Given, type Guide, hostSteps, type Step } from "@/lib/sources/guide";

export const graphiteGuide: Guide = {
  icon: {
    path: "M2 3h2v16h18v2H2zm4 12.5L10 9l3.2 3.6L18.4 5l1.7 1.1-6.6 9.6-3.2-3.6-2.6 4.4z",
  },
  steps: graphiteSteps,
};

const example = {
  what: "Deployed checkout",
  tags: ["deploy", "service:checkout", "environment:production", "version:1.0.0"],
  data: "by the pipeline",
};

function graphiteSteps(given: Given): Step[] {
  return [
    {
      text: "Post an event when something is deployed. A first one to try:",
      code: curlOf(given, "application/json", example),
    },
    ...hostSteps(
      given,
      "Or keep the script that posts to Graphite, and change its host name and its proof:",
      [["Address", `${given.origin}/events/`]],
    ),
  ];
}
