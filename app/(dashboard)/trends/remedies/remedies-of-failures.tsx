"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Scope } from "@/app/_figures/figures";
import { EnvironmentPicker, ServicePicker, TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { PageHead } from "@/app/_ui/page-head";
import { Segments } from "@/app/_ui/segments";
import { Empty } from "@/app/_ui/states";
import { RangePicker } from "@/app/_window/range-picker";
import { useTimezone } from "@/app/_window/timezone";
import { useWindow } from "@/app/_window/use-window";
import { ByGroup } from "./by-group";
import { Failures } from "./failures";
import { ForwardOrBack } from "./forward-or-back";
import { Months } from "./months";
import { filterNames, groupings, readRemediesFilter, remediesQuestions } from "./questions";

/** How often do we fix forward instead of rolling back: the answer first, then what it is made of. */
export function RemediesOfFailures() {
  const window = useWindow("-90d");
  const { timezone } = useTimezone();
  const { value, choose } = useFilters(filterNames);
  const filter = readRemediesFilter(value);
  const questions = remediesQuestions(filter, window, timezone);
  const months = useQuery(questions.months);
  const groups = useQuery(questions.groups);
  const failures = useInfiniteQuery(questions.failures);
  const scope: Scope = { ...filter, from: window.from, to: window.to };
  return (
    <>
      <PageHead title="Remedies">
        <ServicePicker value={filter.service} onChoose={(next) => choose("service", next)} />
        <TeamPicker value={filter.team} onChoose={(next) => choose("team", next)} />
        <EnvironmentPicker
          any="Tier production"
          value={filter.environment}
          onChoose={(next) => choose("environment", next)}
        />
        <RangePicker window={window} />
      </PageHead>
      <div className="grid gap-3">
        <Answered query={months} lines={10}>
          {(answer) =>
            answer.total.failures === 0 ? (
              <Card>
                <Empty title="No failure in this time range">
                  A failure is a deployment in production that needed intervention; what was done
                  about it stands here: rolled back, reverted, fixed forward, or a flag switched
                  off.
                </Empty>
              </Card>
            ) : (
              <>
                <ForwardOrBack total={answer.total} scope={scope} />
                <Months months={answer} timezone={timezone} scope={scope} />
              </>
            )
          }
        </Answered>
        <Answered query={groups} lines={6}>
          {(answer) =>
            answer.total.failures > 0 && (
              <Card
                title={`Remedies by ${filter.by}`}
                padded={false}
                aside={
                  <Segments
                    name="Rows"
                    choices={groupings}
                    value={filter.by}
                    onChoose={(next) => choose("by", next)}
                  />
                }
              >
                <div className="px-3.5 pb-2">
                  <ByGroup answer={answer} scope={scope} timezone={timezone} />
                </div>
              </Card>
            )
          }
        </Answered>
        <Failures
          query={failures}
          heldBy={filter.heldBy}
          onChoose={(next) => choose("heldBy", next)}
        />
      </div>
    </>
  );
}
