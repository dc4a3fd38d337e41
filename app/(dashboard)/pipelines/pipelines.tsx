"use client";

import { useQuery } from "@tanstack/react-query";
import { RepositoryPicker, TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { Answered } from "@/app/_ui/answered";
import { PageHead } from "@/app/_ui/page-head";
import { SearchField } from "@/app/_ui/search-field";
import { Segments } from "@/app/_ui/segments";
import { RangePicker } from "@/app/_window/range-picker";
import { useTimezone } from "@/app/_window/timezone";
import { useWindow } from "@/app/_window/use-window";
import { useWeekStart } from "@/app/_window/week-start";
import { BuildCharts } from "./build-charts";
import { BuildTotals } from "./build-totals";
import { Cases } from "./cases";
import { Narrowed } from "./narrowed";
import { PipelineTable } from "./pipeline-table";
import { pipelineQuestions } from "./questions";
import { bucketSizes, readScope, scopeNames } from "./scope";
import { SendReport } from "./send-report";
import { Stages } from "./stages";
import { Suites } from "./suites";
import { TestCharts } from "./test-charts";
import { TestTotals } from "./test-totals";

/** Is what builds and tests getting slower or flakier: each number opens to its builds or runs. */
export function Pipelines() {
  const window = useWindow("-90d");
  const { timezone } = useTimezone();
  const { weekStart } = useWeekStart();
  const { value, choose } = useFilters(scopeNames);
  const scope = readScope(value);
  const questions = pipelineQuestions(scope, window, { timezone, weekStart });
  const builds = useQuery(questions.builds);
  const tests = useQuery(questions.tests);
  const cases = useQuery(questions.cases);
  return (
    <>
      <PageHead title="Pipelines">
        <RepositoryPicker
          value={scope.repository}
          onChoose={(next) => choose("repository", next)}
        />
        <TeamPicker value={scope.team} onChoose={(next) => choose("team", next)} />
        <SearchField
          label="Branch"
          placeholder="Branch"
          value={scope.branch}
          onSearch={(text) => choose("branch", text)}
        />
        <Segments
          name="Bucket"
          choices={bucketSizes}
          value={scope.bucket}
          onChoose={(next) => choose("bucket", next)}
        />
        <RangePicker window={window} />
      </PageHead>
      {scope.name !== null && (
        <Narrowed onLeave={() => choose("name", null)}>
          what is called <b>{scope.name}</b>
        </Narrowed>
      )}
      <div className="grid gap-3">
        <Answered query={builds} lines={10}>
          {(answer) => (
            <>
              <BuildTotals answer={answer} scope={scope} />
              <BuildCharts answer={answer} scope={scope} />
              <div className="grid items-start gap-3 xl:grid-cols-2">
                <Stages answer={answer} scope={scope} />
                <PipelineTable answer={answer} scope={scope} />
              </div>
            </>
          )}
        </Answered>
        <Answered query={tests} lines={10}>
          {(answer) =>
            answer.total.runs === 0 ? (
              <SendReport isNarrowed={scope.branch !== null || scope.name !== null} />
            ) : (
              <>
                <TestTotals answer={answer} scope={scope} />
                <TestCharts answer={answer} scope={scope} />
                <Suites answer={answer} scope={scope} />
                <Answered query={cases} lines={6}>
                  {(found) => <Cases found={found} />}
                </Answered>
              </>
            )
          }
        </Answered>
      </div>
    </>
  );
}
