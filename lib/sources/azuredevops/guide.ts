import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";

export const azureDevopsGuide: Guide = {
  // Our own: a loop that goes on to the next one.
  icon: {
    path: "M2 8.5 8.5 2H20a2 2 0 0 1 2 2v11.5L15.5 22H4a2 2 0 0 1-2-2zm4 1.7V18h7.8l4.2-4.2V6h-7.8zm3 1.1L11.3 9H15v3.7L12.7 15H9z",
  },
  steps: azureDevopsSteps,
};

function azureDevopsSteps(given: Given): Step[] {
  return [
    {
      text: "In the project open Project settings → Service hooks → Create subscription → Web Hooks.",
    },
    {
      text: "A subscription is for one event. Make one each for Code pushed, Pull request created, Pull request updated, Pull request merge attempted, Pull request commented on, Build completed, Run state changed, Run stage state changed, Release deployment started and Release deployment completed; leave the filters at [Any].",
    },
    {
      text: "In each fill in, with all resource details to send:",
      fields: [["URL", addressToPaste(given)], ...proofOf(given)],
    },
    {
      text: "Press Finish. Test sends a sample about a company that does not exist, which is kept and ignored.",
    },
  ];
}

function proofOf({ auth, username, header, secret }: Given): (readonly [string, string])[] {
  switch (auth) {
    case "basic":
      return [
        ["Basic authentication username", username],
        ["Basic authentication password", secret],
      ];
    case "bearer":
      return [["HTTP headers", `Authorization: Bearer ${secret}`]];
    case "header":
      return [["HTTP headers", `${header}: ${secret}`]];
    // The address says it, and Azure DevOps signs nothing.
    case "path":
    case "signature":
      return [];
  }
}
