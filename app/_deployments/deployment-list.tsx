"use client";

import { DeploymentBadges } from "@/app/_deployments/badges";
import { deploymentHref, momentOf, versionName } from "@/app/_deployments/naming";
import { SeveralSources } from "@/app/_identity/several-sources";
import { formatSeconds } from "@/app/_ui/format";
import { Empty } from "@/app/_ui/states";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";

/** A narrow list; `by` is what tells its rows apart. */
export function DeploymentList({
  items,
  by,
}: {
  items: DeploymentAnswer[];
  by: "service" | "version";
}) {
  if (items.length === 0) return <Empty title="No deployments yet" />;
  return (
    <ol className="pb-2">
      {items.map((deployment) => (
        <li
          key={deployment.id}
          className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2.5 border-t border-grid py-2"
        >
          <span className="min-w-11 text-muted">
            <Moment at={momentOf(deployment)} />
          </span>
          <span className="min-w-0">
            <PageLink href={deploymentHref(deployment.id)} className="link block truncate">
              {by === "service" && <b className="font-semibold">{deployment.service} </b>}
              <span className={by === "version" ? "font-semibold" : ""}>
                {versionName(deployment)}
              </span>
            </PageLink>
            <span className="block truncate text-muted">
              {[
                by === "service" && deployment.environment,
                deployment.durationSeconds !== null && formatSeconds(deployment.durationSeconds),
                deployment.author,
              ]
                .filter(Boolean)
                .join(", ")}
            </span>
          </span>
          <span className="flex flex-col items-end gap-0.5">
            <DeploymentBadges deployment={deployment} quiet />
            <SeveralSources sources={deployment.sources} />
          </span>
        </li>
      ))}
    </ol>
  );
}
