"use client";

import type { Scope } from "@/app/_figures/figures";
import { RowsLink } from "@/app/_figures/rows-link";
import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, formatSeconds, plural } from "@/app/_ui/format";
import { useNow } from "@/app/_window/clock";
import type { GoalMetric } from "@/lib/goals/metrics";
import type { FiguresAnswer, MetricsAnswer } from "@/lib/http/figure-answers";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { levelOf } from "@/lib/metrics/levels";
import { Few, Interval } from "./certainty";
import { goalFor } from "./goals";
import { Metric } from "./metric";

/** The window's five figures: each with its n, how sure it is, and what it was in the period before. */
export function Totals({
  metrics: { total, previous },
  scope,
  levels,
  goals,
}: {
  metrics: MetricsAnswer;
  scope: Scope;
  /** The year whose levels are read; null: none. */
  levels: number | null;
  /** Of the team that is looked at. */
  goals: GoalAnswer[] | undefined;
}) {
  const now = useNow(60_000);
  const before = previous && {
    total: previous.total,
    scope: { ...scope, from: new Date(previous.from), to: new Date(previous.to) },
  };
  const shown = {
    ...{ total, scope, before, levels },
    goalOf: (metric: GoalMetric) => goalFor(goals, metric, now),
  };
  return (
    <Card>
      <dl
        className={`grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 ${scope.definition === "devlake" ? "xl:grid-cols-4" : "md:grid-cols-3 xl:grid-cols-5"}`}
      >
        <Frequency {...shown} />
        <LeadTime {...shown} />
        <FailRate {...shown} />
        <Recovery {...shown} />
        {scope.definition !== "devlake" && <Rework {...shown} />}
      </dl>
    </Card>
  );
}

interface Shown {
  total: FiguresAnswer;
  scope: Scope;
  before: { total: FiguresAnswer; scope: Scope } | undefined;
  levels: number | null;
  goalOf: (metric: GoalMetric) => GoalAnswer | null;
}

const levelIn = (year: number | null, ...of: [Parameters<typeof levelOf>[1], number | null]) =>
  year === null ? null : { year, level: levelOf(year, ...of) };

function Frequency({ total, scope, before, levels, goalOf }: Shown) {
  const { deployments, perDay, deploymentDaysPerWeek } = total.deploymentFrequency;
  const was = before?.total.deploymentFrequency;
  // DevLake's frequency is of days with a deployment; it has none a day.
  const byDays = scope.definition === "devlake";
  const read = (figures: FiguresAnswer["deploymentFrequency"]) =>
    formatCount(byDays ? figures.deploymentDaysPerWeek : figures.perDay);
  return (
    <Metric
      name="Deployment frequency"
      value={read(total.deploymentFrequency)}
      unit={byDays ? "days a week" : "a day"}
      figure="deployments"
      n={deployments}
      scope={scope}
      was={was && before && { ...before, n: was.deployments, text: read(was) }}
      level={levelIn(levels, "deployment_frequency", perDay)}
      goal={goalOf("deployment_frequency")}
    >
      <RowsLink scope={scope} figure="deployments" n={deployments}>
        {plural(deployments, "deployment")}
      </RowsLink>
      {!byDays && <>, on {formatCount(deploymentDaysPerWeek)} days a week</>}
    </Metric>
  );
}

function LeadTime({ total: { leadTime }, scope, before, levels, goalOf }: Shown) {
  const { n, p50Seconds, p90Seconds, unknownChangeSets, anomalies } = leadTime;
  const was = before?.total.leadTime;
  return (
    <Metric
      name="Lead time for changes, p50"
      value={formatSeconds(p50Seconds)}
      figure="lead_time"
      n={n}
      scope={scope}
      was={was && before && { ...before, n: was.n, text: formatSeconds(was.p50Seconds) }}
      level={levelIn(levels, "lead_time", p50Seconds)}
      goal={goalOf("lead_time")}
    >
      <NinetiethOf seconds={p90Seconds} scope={scope} />
      <Few n={n} scope={scope} figure="lead_time" />
      {unknownChangeSets > 0 && (
        <>
          ,{" "}
          <RowsLink scope={scope} figure="unknown_change_sets" n={unknownChangeSets}>
            {plural(unknownChangeSets, "unknown change set")}
          </RowsLink>
        </>
      )}
      {anomalies > 0 && (
        <>
          ,{" "}
          <RowsLink scope={scope} figure="anomalies" n={anomalies}>
            {plural(anomalies, "anomaly", "anomalies")}
          </RowsLink>
        </>
      )}
    </Metric>
  );
}

function FailRate({ total: { changeFailRate }, scope, before, levels, goalOf }: Shown) {
  const { n, failed, rate, interval } = changeFailRate;
  const was = before?.total.changeFailRate;
  return (
    <Metric
      name="Change fail rate"
      value={formatRate(rate)}
      figure="failed"
      n={failed}
      scope={scope}
      was={was && before && { ...before, n: was.n, rows: was.failed, text: formatRate(was.rate) }}
      level={levelIn(levels, "change_fail_rate", rate)}
      goal={goalOf("change_fail_rate")}
    >
      <RowsLink scope={scope} figure="failed" n={failed} label={`${failed} failed deployments`}>
        {formatCount(failed)}
      </RowsLink>{" "}
      of <Few n={n} scope={scope} figure="judged" bare />
      <Interval interval={interval} />
    </Metric>
  );
}

function Recovery({ total: { recoveryTime }, scope, before, levels, goalOf }: Shown) {
  const { n, open, p50Seconds, p90Seconds } = recoveryTime;
  const was = before?.total.recoveryTime;
  return (
    <Metric
      name="Failed deployment recovery time, p50"
      value={formatSeconds(p50Seconds)}
      figure="restored"
      n={n}
      scope={scope}
      was={was && before && { ...before, n: was.n, text: formatSeconds(was.p50Seconds) }}
      level={levelIn(levels, "recovery_time", p50Seconds)}
      goal={goalOf("recovery_time")}
    >
      <NinetiethOf seconds={p90Seconds} scope={scope} />
      <Few n={n} scope={scope} figure="restored" />
      {open > 0 && (
        <>
          ,{" "}
          <RowsLink scope={scope} figure="open" n={open}>
            {formatCount(open)} open
          </RowsLink>
        </>
      )}
    </Metric>
  );
}

function Rework({ total: { reworkRate }, scope, before, goalOf }: Shown) {
  const { n, rework, rate, interval } = reworkRate;
  const was = before?.total.reworkRate;
  return (
    <Metric
      name="Deployment rework rate"
      value={formatRate(rate)}
      figure="rework"
      n={rework}
      scope={scope}
      was={was && before && { ...before, n: was.n, rows: was.rework, text: formatRate(was.rate) }}
      level={null}
      goal={goalOf("rework_rate")}
    >
      <RowsLink scope={scope} figure="rework" n={rework} label={`${rework} deployments of rework`}>
        {formatCount(rework)}
      </RowsLink>{" "}
      of <Few n={n} scope={scope} figure="completed" bare />
      <Interval interval={interval} />: fix-forwards, rollbacks and reverts of what failed
    </Metric>
  );
}

/** DevLake's rules have medians alone: a dash would say that there are no data. */
function NinetiethOf({ seconds, scope }: { seconds: number | null; scope: Scope }) {
  return seconds === null && scope.definition === "devlake" ? null : (
    <>p90 {formatSeconds(seconds)}, </>
  );
}
