"use client";

import type { ReactNode } from "react";
import { Card } from "@/app/_ui/card";
import { Figure } from "@/app/_ui/figure";
import { formatCount, formatRate, formatSeconds, plural } from "@/app/_ui/format";
import { PageLink } from "@/app/_window/page-link";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import { deploymentsBehind, type Scope } from "./scope";

/** The window's figures, each with its n and what it was in the window before. */
export function Totals({
  total,
  before,
  scope,
}: {
  total: FiguresAnswer;
  before: FiguresAnswer | undefined;
  scope: Scope;
}) {
  const { deploymentFrequency, leadTime, changeFailRate, recoveryTime, reworkRate } = total;
  return (
    <Card>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-3 xl:grid-cols-5">
        <Metric
          name="Deployment frequency"
          href={deploymentsBehind(scope, { counted: "true" })}
          value={formatCount(deploymentFrequency.perDay)}
          unit="a day"
          was={was(before?.deploymentFrequency.perDay || null, formatCount)}
        >
          {plural(deploymentFrequency.deployments, "deployment")}, on{" "}
          {formatCount(deploymentFrequency.deploymentDaysPerWeek)} days a week
        </Metric>
        <Metric
          name="Lead time for changes, p50"
          href={deploymentsBehind(scope, { counted: "true" })}
          value={formatSeconds(leadTime.p50Seconds)}
          was={was(before?.leadTime.p50Seconds, formatSeconds)}
        >
          p90 {formatSeconds(leadTime.p90Seconds)}, n {formatCount(leadTime.n)}
          {leadTime.unknownChangeSets > 0 &&
            `, ${plural(leadTime.unknownChangeSets, "unknown change set")}`}
        </Metric>
        <Metric
          name="Change fail rate"
          href={deploymentsBehind(scope, { failed: "true", counted: "true" })}
          value={formatRate(changeFailRate.rate)}
          was={was(before?.changeFailRate.rate, formatRate)}
        >
          {formatCount(changeFailRate.failed)} of {formatCount(changeFailRate.n)}
          {total.failedAttempts > 0 && `, ${plural(total.failedAttempts, "failed attempt")} apart`}
        </Metric>
        <Metric
          name="Failed deployment recovery time, p50"
          href={deploymentsBehind(scope, { failed: "true" })}
          value={formatSeconds(recoveryTime.p50Seconds)}
          was={was(before?.recoveryTime.p50Seconds, formatSeconds)}
        >
          p90 {formatSeconds(recoveryTime.p90Seconds)}, n {formatCount(recoveryTime.n)}
          {recoveryTime.open > 0 && `, ${formatCount(recoveryTime.open)} open`}
        </Metric>
        <Metric
          name="Deployment rework rate"
          href={deploymentsBehind(scope, { rework: "true" })}
          value={formatRate(reworkRate.rate)}
          was={was(before?.reworkRate.rate, formatRate)}
        >
          {formatCount(reworkRate.rework)} of {formatCount(reworkRate.n)}: fix-forwards, rollbacks
          and reverts of failed changes
        </Metric>
      </dl>
    </Card>
  );
}

/** Nothing is said of a window before in which there was nothing. */
function was(value: number | null | undefined, format: (value: number) => string): string | null {
  return typeof value === "number" ? format(value) : null;
}

function Metric({
  name,
  href,
  value,
  unit,
  was,
  children,
}: {
  name: string;
  href: string;
  value: string;
  unit?: string;
  was: string | null;
  children: ReactNode;
}) {
  return (
    <Figure
      name={
        <PageLink href={href} className="link" title="Open the deployments behind it">
          {name}
        </PageLink>
      }
      value={value}
      beside={[unit, was && `was ${was}`].filter(Boolean).join(", ")}
      below={children}
    />
  );
}
