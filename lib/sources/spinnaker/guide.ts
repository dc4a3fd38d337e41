import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { notOffered } from "@/lib/sources/not-offered";

const offers = ["basic", "bearer", "header", "path"] as const;

export const spinnakerGuide: Guide = {
  // From Simple Icons (CC0).
  icon: {
    path: "M21.343 0C17.785 8.741 11.317 21.987.815 23.882c10.806 1.064 19.481-5.327 21.646-8.066C24.627 13.076 21.343 0 21.343 0zM.815 23.882L.8 23.88v.004l.015-.003zM17.182 5.8C15.409 10.988 10.477 18.547 5.4 20.39c.885.033 1.74-.019 2.561-.132 3.989-3.221 7.14-8.037 9.577-12.771-.193-.981-.356-1.687-.356-1.687z",
  },
  offers,
  steps: spinnakerSteps,
};

function spinnakerSteps(given: Given): Step[] {
  return [
    ...notOffered(given, "Spinnaker's echo", offers),
    {
      text: "Add this to echo-local.yml (with Halyard ~/.hal/default/profiles/echo-local.yml, with the operator spec.spinnakerConfig.profiles.echo):",
      code: [
        "rest:",
        "  enabled: true",
        "  endpoints:",
        "    - wrap: false",
        `      url: "${addressToPaste(given)}"`,
        ...proofOf(given),
      ].join("\n"),
    },
    { text: "Apply it, so that echo starts anew:", code: "hal deploy apply --service-names echo" },
  ];
}

function proofOf({ auth, username, header, secret }: Given): string[] {
  switch (auth) {
    case "basic":
      return [`      username: "${username}"`, `      password: "${secret}"`];
    case "bearer":
      return ["      headers:", `        Authorization: "Bearer ${secret}"`];
    case "header":
      return ["      headers:", `        ${header}: "${secret}"`];
    case "path":
    case "signature":
      return [];
  }
}
