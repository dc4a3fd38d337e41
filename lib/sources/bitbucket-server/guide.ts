import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";

export const bitbucketServerGuide: Guide = {
  // Bitbucket's, from Simple Icons (CC0).
  icon: {
    path: "M.778 1.213a.768.768 0 00-.768.892l3.263 19.81c.084.5.515.868 1.022.873H19.95a.772.772 0 00.77-.646l3.27-20.03a.768.768 0 00-.768-.891zM14.52 15.53H9.522L8.17 8.466h7.561z",
  },
  steps: bitbucketServerSteps,
};

function bitbucketServerSteps(given: Given): Step[] {
  return [
    {
      text: "In the repository (or the project, for all of its repositories at once) open Settings → Webhooks → Create webhook.",
    },
    {
      text: "Fill in:",
      fields: [["Name", "Pushline"], ["URL", addressToPaste(given)], ...proofOf(given)],
    },
    {
      text: "Tick Repository: Push; Pull request: Opened, Source branch updated, Modified, Approved, Needs work, Merged, Declined, Comment added.",
    },
    { text: "Press “Test connection”, which sends a ping that is kept and ignored, then Create." },
  ];
}

function proofOf({ auth, username, secret }: Given): (readonly [string, string])[] {
  switch (auth) {
    case "signature":
      return [["Secret", secret]];
    case "basic":
      return [
        ["Authentication → Username", username],
        ["Authentication → Password", secret],
      ];
    case "bearer":
    case "header":
      return [["Bitbucket sends no headers of one's own", "choose signature in place of this"]];
    // The address says it.
    case "path":
      return [];
  }
}
