"use client";

import { useQuery } from "@tanstack/react-query";
import { TimeGraph } from "@/app/_charts/time-graph";
import { DeploymentBadges } from "@/app/_deployments/badges";
import {
  deploymentHref,
  serviceHref,
  shortRevision,
  subjectOf,
  versionName,
} from "@/app/_deployments/naming";
import { RolloutSteps } from "@/app/_deployments/rollout-steps";
import { useGraphs, useMarkers } from "@/app/_graphs/use-graphs";
import { SeveralSources } from "@/app/_identity/several-sources";
import { deploymentQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { plural } from "@/app/_ui/format";
import { useNow } from "@/app/_window/clock";
import { PageLink } from "@/app/_window/page-link";
import { useTimezone } from "@/app/_window/timezone";
import { readWindow } from "@/app/_window/window";
import { NewAgainstOld } from "@/app/(dashboard)/_cockpit/new-against-old";
import type { DeploymentAnswer } from "@/lib/http/answers";

/** One rollout under way: who and what, how far, and what the service's signals say meanwhile. */
export function RollingDeployment({
  id,
  service,
  environment,
}: {
  id: string;
  service: string;
  environment: string;
}) {
  const query = useQuery(deploymentQuery(id));
  return (
    <Card edge="accent">
      <Answered query={query} lines={4}>
        {(deployment) => (
          <>
            <Title deployment={deployment} />
            <RolloutSteps deployment={deployment} />
            <Signals service={service} environment={environment} />
            <NewAgainstOld
              service={service}
              environment={environment}
              since={deployment.startedAt}
            />
          </>
        )}
      </Answered>
    </Card>
  );
}

function Title({ deployment }: { deployment: DeploymentAnswer }) {
  const subject = deployment.description ?? subjectOf(deployment.changes[0]?.message);
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h2 className="text-xl font-bold">
        <PageLink href={deploymentHref(deployment.id)} className="link">
          {deployment.service} {versionName(deployment)}
        </PageLink>
      </h2>
      <span className="mr-auto min-w-0 text-muted">
        <span className="font-mono text-sm">{shortRevision(deployment.revision)}</span>{" "}
        {[
          deployment.environment,
          deployment.author,
          subject && `“${subject}”`,
          deployment.changeCount !== null && plural(deployment.changeCount, "change"),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      <SeveralSources sources={deployment.sources} />
      <DeploymentBadges deployment={deployment} />
      <PageLink
        href={serviceHref(deployment.service, deployment.environment)}
        className="link text-muted"
        data-control
      >
        Graphs
      </PageLink>
    </header>
  );
}

function Signals({ service, environment }: { service: string; environment: string }) {
  const now = useNow(15_000);
  const window = readWindow(null, null, "-1h", now);
  const { timezone } = useTimezone();
  const graphs = useGraphs(service, environment, window, { points: 240, height: 110, basic: true });
  const markers = useMarkers(service, environment, window);
  const own = markers.filter((marker) => marker.service === service);
  return (
    <div className="mt-3 -mr-3 -ml-4 grid gap-2 lg:grid-cols-3">
      {graphs.map((graph) => (
        <TimeGraph
          key={graph.id}
          graph={graph}
          from={window.from.getTime()}
          to={window.to.getTime()}
          timezone={timezone}
          markers={own}
        />
      ))}
    </div>
  );
}
