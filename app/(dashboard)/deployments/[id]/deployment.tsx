"use client";

import { useQuery } from "@tanstack/react-query";
import { RolloutSteps } from "@/app/_deployments/rollout-steps";
import { ServiceGraphs } from "@/app/_graphs/service-graphs";
import { deploymentQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { useNow } from "@/app/_window/clock";
import type { DeploymentAnswer } from "@/lib/http/answers";
import { BeforeAfter } from "./before-after";
import { Changes } from "./changes";
import { DeploymentTitle } from "./deployment-title";
import { Details } from "./details";
import { FailureCard } from "./failure-card";
import { Reports } from "./reports";

export function Deployment({ id }: { id: string }) {
  const query = useQuery(deploymentQuery(id));
  return (
    <Answered query={query} lines={12}>
      {(deployment) => <Whole deployment={deployment} />}
    </Answered>
  );
}

function Whole({ deployment }: { deployment: DeploymentAnswer }) {
  const { service, environment, startedAt } = deployment;
  return (
    <>
      <DeploymentTitle deployment={deployment} />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,42fr)_minmax(0,58fr)]">
        <div className="grid min-w-0 gap-3">
          {deployment.failure && <FailureCard failure={deployment.failure} />}
          <Card title="Rollout">
            <RolloutSteps deployment={deployment} />
          </Card>
          <Changes deployment={deployment} />
          <Details deployment={deployment} />
          <Reports deployment={deployment} />
        </div>
        <div className="grid min-w-0 gap-3">
          <BeforeAfter deployment={deployment} />
          <Card className="min-w-0">
            <ServiceGraphs
              service={service}
              environment={environment}
              around={useAround(deployment)}
              before={startedAt ? new Date(startedAt) : undefined}
            />
          </Card>
        </div>
      </div>
    </>
  );
}

const minute = 60_000;

/** An hour before, two hours after, as far as they have been. */
function useAround({ startedAt, finishedAt, queuedAt }: DeploymentAnswer): {
  from: Date;
  to: Date;
} {
  const now = useNow(minute);
  const at = Date.parse(startedAt ?? finishedAt ?? queuedAt ?? new Date(now).toISOString());
  const end = Math.min(now + minute, Date.parse(finishedAt ?? startedAt ?? "") + 120 * minute);
  return {
    from: new Date(at - 60 * minute),
    to: new Date(Number.isNaN(end) ? now + minute : Math.max(end, at + 15 * minute)),
  };
}
