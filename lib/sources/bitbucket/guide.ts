import { addressToPaste, type Given, type Guide, type Step } from "@/lib/sources/guide";

export const bitbucketGuide: Guide = {
  // From Simple Icons (CC0).
  icon: {
    path: "M.778 1.213a.768.768 0 00-.768.892l3.263 19.81c.084.5.515.868 1.022.873H19.95a.772.772 0 00.77-.646l3.27-20.03a.768.768 0 00-.768-.891zM14.52 15.53H9.522L8.17 8.466h7.561z",
  },
  steps: bitbucketSteps,
};

function bitbucketSteps(given: Given): Step[] {
  return [
    {
      text: "In the repository (or the workspace, for all of its repositories at once) open Settings → Webhooks → Add webhook.",
    },
    {
      text: "Fill in:",
      fields: [["Title", "Pushline"], ["URL", addressToPaste(given)], ...proofOf(given)],
    },
    {
      text: "Under Triggers choose “Choose from a full list of triggers” and tick Repository: Push, Build status created, Build status updated; Pull request: Created, Updated, Approved, Changes request created, Merged, Declined, Comment created.",
    },
    { text: "Leave Active on and press Save. The next push is the first delivery." },
  ];
}

/** The form knows a secret and nothing else; a name and password may stand in the address. */
function proofOf({ auth, username, secret }: Given): (readonly [string, string])[] {
  switch (auth) {
    case "signature":
      return [["Secret", secret]];
    case "basic":
      return [["In the URL, after https://", `${username}:${secret}@`]];
    case "bearer":
    case "header":
      return [["Bitbucket sends no headers of one's own", "choose signature in place of this"]];
    // The address says it.
    case "path":
      return [];
  }
}
