"use client";

import { useQuery } from "@tanstack/react-query";
import { DeploymentList } from "@/app/_deployments/deployment-list";
import { deploymentsQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { PageLink } from "@/app/_window/page-link";

export function RecentDeployments({
  service,
  environment,
}: {
  service: string;
  environment: string;
}) {
  const query = useQuery(deploymentsQuery({ service, environment, limit: 10 }));
  const all = new URLSearchParams({ service, environment });
  return (
    <Card
      title="Recent deployments"
      padded={false}
      aside={
        <PageLink href={`/deployments?${all}`} className="link text-muted" data-control>
          All
        </PageLink>
      }
    >
      <div className="px-3.5">
        <Answered query={query} lines={5}>
          {({ items }) => <DeploymentList items={items} by="version" />}
        </Answered>
      </div>
    </Card>
  );
}
