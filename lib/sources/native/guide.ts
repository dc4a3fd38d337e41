import { curlOf, type Given, type Guide, type Step } from "@/lib/sources/guide";
import { firstDeployment } from "@/lib/sources/native/first-deployment";

export const nativeGuide: Guide = {
  icon: {
    path: "M11 2h2v20h-2zM2 16l5-6 3 3v3.2l-2.9-2.9L3.6 17.3zM14 11l3.4 2.6L21 6.6l1.8 1-4.8 9.2-4-3z",
  },
  steps: (given) => [
    {
      text: "Post an event, or a list of them, wherever something is deployed:",
      code: curlOf(given, "application/json", firstDeployment),
    },
    ...(given.auth === "bearer" ? fromPipelines(given) : []),
  ],
};

/** Ready to paste: what each of them sends is Pushline's own event, with the source's secret as its token. */
function fromPipelines({ address, secret }: Given): Step[] {
  return [
    {
      text: "Or from a GitHub workflow, after the job's own steps. Keep the secret as PUSHLINE_TOKEN among the repository's secrets, and name the repository that holds your copy of Pushline:",
      code: [
        "- if: always()",
        "  uses: your-organisation/pushline/actions/report@main",
        "  with:",
        `    url: ${address}`,
        `    token: $${"{{ secrets.PUSHLINE_TOKEN }}"}`,
        "    service: checkout",
        "    environment: production",
      ].join("\n"),
    },
    {
      text: "Or from GitLab CI, with the same secret as the masked variable PUSHLINE_TOKEN:",
      code: [
        "include:",
        "  - project: your-group/pushline",
        "    file: /templates/gitlab-ci.yml",
        "",
        "deployed:",
        "  extends: .pushline-deployment",
        "  stage: .post",
        "  variables:",
        `    PUSHLINE_URL: ${address}`,
        "    PUSHLINE_SERVICE: checkout",
        "    PUSHLINE_ENVIRONMENT: production",
      ].join("\n"),
    },
    {
      text: "Or by the command line, in a clone of Pushline:",
      code: [
        `export PUSHLINE_URL=${address} PUSHLINE_TOKEN=${secret}`,
        `npx pushline report deployment --service checkout --environment production --revision "$(git rev-parse HEAD)"`,
      ].join("\n"),
    },
  ];
}
