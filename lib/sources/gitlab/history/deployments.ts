import {
  below,
  bodyOf,
  changedSince,
  cut,
  itemsOf,
  personIn,
} from "@/lib/sources/gitlab/history/page";
import type { HistoryPhase } from "@/lib/sources/history";
import { isPayload, part } from "@/lib/sources/payload";

/** Each with the job that made it, by whose number webhooks know it too. */
export const deployments: HistoryPhase = {
  name: "deployments",
  title: "Deployments",
  event: "api.deployment",
  // GitLab sifts by update only what it sorts by update: what is older is left out here.
  start: (asked) => below(asked, `/deployments?${changedSince({ since: null }, "id")}`),
  readPage: (page, asked) => itemsOf(page, asked, { id: "id", at: "updated_at", members }),
  tellsChange: true,
  itemsAtOnce: 100,
  complete: async (deployment, _ask, asked) =>
    bodyOf(asked, {
      deployment: {
        ...deployment,
        user: personIn(deployment.user),
        environment: cut(part(deployment.environment), ["name"]),
        deployable: isPayload(deployment.deployable) ? cut(deployment.deployable, ofJob) : null,
      },
    }),
};

const members = [
  "id",
  "ref",
  "sha",
  "status",
  "created_at",
  "updated_at",
  "user",
  "environment",
  "deployable",
];
const ofJob = ["id", "name", "tag", "created_at", "started_at", "finished_at", "web_url"];
