"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Scope } from "@/app/_figures/figures";
import { EnvironmentPicker, ServicePicker, TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { goalsQuery, metricsQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { PageHead } from "@/app/_ui/page-head";
import { Segments } from "@/app/_ui/segments";
import { CopyLink } from "@/app/_window/copy-link";
import { RangePicker } from "@/app/_window/range-picker";
import { useTimezone } from "@/app/_window/timezone";
import { useWindow } from "@/app/_window/use-window";
import { useWeekStart } from "@/app/_window/week-start";
import type { MetricsAnswer } from "@/lib/http/figure-answers";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { BesideThem } from "./beside-them";
import { BothDefinitions } from "./both-definitions";
import { Charts } from "./charts";
import { LevelNote } from "./level-note";
import { buckets, readTrends, trendsFilterNames, trendsQuestions } from "./questions";
import { ReadingAids } from "./reading-aids";
import { Remedies } from "./remedies";
import { Stages } from "./stages";
import { Totals } from "./totals";

/** Are we getting faster and safer: the five metrics, each number opening to what is behind it. */
export function Trends() {
  const window = useWindow("-90d");
  const { timezone } = useTimezone();
  const { weekStart } = useWeekStart();
  const { value, choose } = useFilters(trendsFilterNames);
  const filter = readTrends(value);
  const questions = trendsQuestions(filter, window, { timezone, weekStart });
  const query = useQuery(questions.shown);
  const devlake = useQuery({
    ...(questions.beside ?? metricsQuery({})),
    enabled: questions.beside !== null,
  }).data;
  const { service, team, environment, definition } = filter;
  const goals = useQuery({ ...goalsQuery(team ?? ""), enabled: team !== null }).data?.items;
  const scope: Scope = useMemo(
    () => ({
      ...{ service, team, environment, from: window.from, to: window.to },
      ...(definition === "devlake" && { definition }),
    }),
    [service, team, environment, definition, window.from, window.to],
  );
  return (
    <>
      <PageHead title="Trends">
        <ServicePicker value={service} onChoose={(next) => choose("service", next)} />
        <TeamPicker value={team} onChoose={(next) => choose("team", next)} />
        <EnvironmentPicker
          any="Tier production"
          value={environment}
          onChoose={(next) => choose("environment", next)}
        />
        <Segments
          name="Bucket"
          choices={buckets}
          value={filter.bucket}
          onChoose={(next) => choose("bucket", next)}
        />
        <RangePicker window={window} />
        <ReadingAids filter={filter} onChoose={choose} />
        <CopyLink window={window} />
      </PageHead>
      <Answered query={query} lines={16}>
        {(metrics) => (
          <div className="grid gap-3">
            <Totals metrics={metrics} scope={scope} levels={filter.levels} goals={goals} />
            {filter.levels !== null && <LevelNote year={filter.levels} />}
            {filter.definition === "both" && devlake && (
              <BothDefinitions ours={metrics.total} devlake={devlake.total} scope={scope} />
            )}
            <Rest metrics={metrics} scope={scope} goals={goals} />
          </div>
        )}
      </Answered>
    </>
  );
}

function Rest({
  metrics,
  scope,
  goals,
}: {
  metrics: MetricsAnswer;
  scope: Scope;
  goals: GoalAnswer[] | undefined;
}) {
  const charts = <Charts metrics={metrics} scope={scope} goals={goals} />;
  // DevLake has no rule for what follows: its zeros would read as counts.
  if (scope.definition === "devlake") return charts;
  return (
    <>
      <BesideThem total={metrics.total} scope={scope} />
      {charts}
      <Stages total={metrics.total} scope={scope} />
      <Remedies metrics={metrics} scope={scope} goals={goals} />
    </>
  );
}
