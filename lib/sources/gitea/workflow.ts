import type { EventReader } from "@/lib/sources/github/delivery";
import { readWorkflowJob, readWorkflowRun } from "@/lib/sources/github/workflow";
import { part, text } from "@/lib/sources/payload";

/** A run of Gitea Actions, which tells its start and end alone. */
export const readRun: EventReader = (delivery) => {
  const run = part(delivery.body.workflow_run);
  const { started_at, completed_at } = run;
  const workflow_run = {
    created_at: started_at,
    run_started_at: started_at,
    updated_at: completed_at ?? started_at,
    ...run,
    // `ci.yml@refs/heads/main`.
    path: text(run.path)?.split("@")[0],
  };
  return readWorkflowRun({ ...delivery, body: { ...delivery.body, workflow_run } });
};

/** A job is a stage of its run; unlike GitHub's it does not know the name of its workflow. */
export const readJob: EventReader = (delivery) => {
  const result = readWorkflowJob(delivery);
  if ("ignored" in result) return result;
  return result.map((statement) => {
    if (statement.noun !== "build") return statement;
    const { name: _, ...members } = statement.members;
    return { ...statement, members };
  });
};
