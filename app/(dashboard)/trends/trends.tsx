"use client";

import { useQuery } from "@tanstack/react-query";
import { EnvironmentPicker, ServicePicker, TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { Answered } from "@/app/_ui/answered";
import { PageHead } from "@/app/_ui/page-head";
import { Segments } from "@/app/_ui/segments";
import { RangePicker } from "@/app/_window/range-picker";
import { useTimezone } from "@/app/_window/timezone";
import { useWindow } from "@/app/_window/use-window";
import { Charts } from "./charts";
import { buckets, readTrends, trendsQuestions } from "./questions";
import { Remedies } from "./remedies";
import type { Scope } from "./scope";
import { Totals } from "./totals";

const filterNames = ["service", "team", "environment", "bucket"] as const;

/** Are we getting faster and safer: the five metrics, each number opening to what is behind it. */
export function Trends() {
  const window = useWindow("-90d");
  const { timezone } = useTimezone();
  const { value, choose } = useFilters(filterNames);
  const filter = readTrends(value);
  const questions = trendsQuestions(filter, window, timezone);
  const query = useQuery(questions.now);
  const before = useQuery(questions.before).data;
  const scope: Scope = { ...filter, from: window.from, to: window.to };
  return (
    <>
      <PageHead title="Trends">
        <ServicePicker value={filter.service} onChoose={(next) => choose("service", next)} />
        <TeamPicker value={filter.team} onChoose={(next) => choose("team", next)} />
        <EnvironmentPicker
          any="Tier production"
          value={filter.environment}
          onChoose={(next) => choose("environment", next)}
        />
        <Segments
          name="Bucket"
          choices={buckets}
          value={filter.bucket}
          onChoose={(next) => choose("bucket", next)}
        />
        <RangePicker window={window} />
      </PageHead>
      <Answered query={query} lines={16}>
        {(metrics) => (
          <div className="grid gap-3">
            <Totals total={metrics.total} before={before?.total} scope={scope} />
            <Charts metrics={metrics} before={before?.total} scope={scope} />
            <Remedies metrics={metrics} scope={scope} />
          </div>
        )}
      </Answered>
    </>
  );
}
