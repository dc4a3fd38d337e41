import { stringify } from "yaml";
import { demoSecrets } from "@/scripts/demo/secrets";
import type { World } from "@/scripts/demo/world";

const heading = `# For an instance that \`npm run demo\` is going to fill:
#
#   PUSHLINE_CONFIG=scripts/demo/pushline.yaml npm start
#
# Made from world.ts: \`npm run --silent demo -- --print-config\` prints it anew,
# and a test fails when the two disagree.
#
# THE SECRETS BELOW ARE PUBLIC. They are fixed so that the demo works at once on
# this machine's loopback address; never use this file where others can reach it.
`;

const minute = 60;
const day = 24 * 60 * minute;

/** What this organisation holds itself to: mostly met, and missed here and there. */
const objectives = [
  { indicator: "deployment_duration", thresholdSeconds: 4 * minute },
  { indicator: "rollback_duration", thresholdSeconds: 2 * minute },
  { indicator: "commit_to_production", thresholdSeconds: 4 * day },
  { indicator: "recovery", thresholdSeconds: 60 * minute, target: 0.8 },
];

/** pushline.yaml for the simulated organisation. */
export function configurationOf(world: World): string {
  return (
    heading +
    stringify(
      {
        teams: world.teams.map(({ name, timezone }) => ({ name, timezone })),
        environments: [
          { match: "production", tier: "production" },
          { match: "staging", tier: "staging" },
        ],
        services: world.services.map(({ name, repository, folder, team, dependsOn }) => ({
          name,
          repository,
          ...(folder ? { paths: [`${folder}/**`], deployments: [name] } : {}),
          team,
          ...(dependsOn.length > 0 ? { dependsOn } : {}),
        })),
        slos: objectives,
        sources: [
          { name: "github", provider: "github", secret: demoSecrets.github },
          { name: "alerts", provider: "alertmanager", auth: "bearer", token: demoSecrets.alerts },
        ],
        tokens: [
          {
            name: "pipeline",
            token: demoSecrets.token,
            scopes: ["ingest", "read", "write", "admin"],
          },
        ],
      },
      { lineWidth: 0, flowCollectionPadding: true },
    )
  );
}
