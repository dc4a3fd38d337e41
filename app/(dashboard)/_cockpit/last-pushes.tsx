"use client";

import { useQuery } from "@tanstack/react-query";
import { DeploymentBadges } from "@/app/_deployments/badges";
import { deploymentHref, momentOf, versionName } from "@/app/_deployments/naming";
import { deploymentsQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { formatSeconds } from "@/app/_ui/format";
import { Empty } from "@/app/_ui/states";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";

export function LastPushes() {
  const query = useQuery(deploymentsQuery({ limit: 16 }));
  return (
    <Card
      title="Last pushes"
      className="self-start"
      padded={false}
      aside={
        <PageLink href="/deployments" className="link text-muted" data-control>
          All deployments
        </PageLink>
      }
    >
      <div className="px-3.5">
        <Answered query={query} lines={8}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No deployments yet" />
            ) : (
              <ol className="pb-2">
                {items.map((deployment) => (
                  <Push key={deployment.id} deployment={deployment} />
                ))}
              </ol>
            )
          }
        </Answered>
      </div>
    </Card>
  );
}

function Push({ deployment }: { deployment: DeploymentAnswer }) {
  return (
    <li className="grid grid-cols-[3.2rem_minmax(0,1fr)_auto] gap-x-2 border-t border-grid py-2">
      <span className="text-muted">
        <Moment at={momentOf(deployment)} style="time" />
      </span>
      <span className="min-w-0">
        <PageLink href={deploymentHref(deployment.id)} className="link block truncate">
          <b className="font-semibold">{deployment.service}</b> {versionName(deployment)}
        </PageLink>
        <span className="block truncate text-muted">
          {deployment.environment}
          {deployment.durationSeconds !== null && `, ${formatSeconds(deployment.durationSeconds)}`}
          {deployment.author && `, ${deployment.author}`}
        </span>
      </span>
      <DeploymentBadges deployment={deployment} quiet />
    </li>
  );
}
