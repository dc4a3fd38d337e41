"use client";

import { deploymentHref, versionName } from "@/app/_deployments/naming";
import { Card } from "@/app/_ui/card";
import { classNames } from "@/app/_ui/class-names";
import { plural } from "@/app/_ui/format";
import { Ago } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { EnvironmentAnswer } from "@/lib/http/service-answers";

export function Running({ placed, shown }: { placed: EnvironmentAnswer[]; shown: string }) {
  if (placed.length === 0) return null;
  return (
    <Card title="What runs where" padded={false}>
      <dl className="pb-1.5">
        {placed.map(({ environment, running, rolling, changesBehind }) => (
          <div
            key={environment}
            className="grid grid-cols-[110px_minmax(0,1fr)] border-t border-grid px-3.5 py-1.5"
          >
            <dt className={classNames(environment === shown ? "font-semibold" : "text-muted")}>
              {environment}
            </dt>
            <dd>
              {running ? (
                <>
                  <PageLink
                    href={deploymentHref(running.deployment)}
                    className="link font-semibold"
                  >
                    {versionName(running)}
                  </PageLink>{" "}
                  <span className="text-muted">
                    for <Ago at={running.since} suffix="" />
                  </span>
                </>
              ) : (
                <span className="text-muted">nothing yet</span>
              )}
              {rolling && (
                <span className="font-semibold text-accent"> → {versionName(rolling)}</span>
              )}
              {changesBehind !== null && changesBehind > 0 && (
                <span className="text-warning"> {plural(changesBehind, "change")} behind</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
