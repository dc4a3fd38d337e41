"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink, GitCompare } from "lucide-react";
import { DeploymentBadges } from "@/app/_deployments/badges";
import { compareAddress } from "@/app/_deployments/compare-address";
import { momentOf, serviceHref, shortRevision, versionName } from "@/app/_deployments/naming";
import { deploymentQuery } from "@/app/_query/queries";
import { buttonClass } from "@/app/_ui/button";
import { formatSeconds } from "@/app/_ui/format";
import { OutsideLink } from "@/app/_ui/outside-link";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";

export function DeploymentTitle({ deployment }: { deployment: DeploymentAnswer }) {
  const { service, environment, revision, author, durationSeconds, url } = deployment;
  return (
    <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <h1>
        <PageLink href={serviceHref(service, environment)} className="link">
          {service}
        </PageLink>{" "}
        {versionName(deployment)}
      </h1>
      <DeploymentBadges deployment={deployment} />
      <span className="mr-auto text-muted">
        {environment} · <span className="font-mono text-sm">{shortRevision(revision)}</span>
        {author && ` · ${author}`} · <Moment at={momentOf(deployment)} style="moment" />
        {durationSeconds !== null && ` · took ${formatSeconds(durationSeconds)}`}
      </span>
      <span className="flex flex-wrap gap-2" data-control>
        {deployment.previous && <Compare deployment={deployment} previous={deployment.previous} />}
        <OutsideLink href={url} className={buttonClass()}>
          <ExternalLink aria-hidden="true" size={14} /> Open the run
        </OutsideLink>
      </span>
    </header>
  );
}

function Compare({ deployment, previous }: { deployment: DeploymentAnswer; previous: string }) {
  const { data } = useQuery(deploymentQuery(previous));
  const address = data ? compareAddress(deployment, data) : null;
  return (
    <OutsideLink href={address} className={buttonClass()}>
      <GitCompare aria-hidden="true" size={14} /> Compare with the previous
    </OutsideLink>
  );
}
