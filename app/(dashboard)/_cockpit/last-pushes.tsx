"use client";

import { useQuery } from "@tanstack/react-query";
import { DeploymentList } from "@/app/_deployments/deployment-list";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { PageLink } from "@/app/_window/page-link";
import { lastPushesQuestion } from "@/app/(dashboard)/_cockpit/questions";

export function LastPushes() {
  const query = useQuery(lastPushesQuestion);
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
          {({ items }) => <DeploymentList items={items} by="service" />}
        </Answered>
      </div>
    </Card>
  );
}
