"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Printer } from "lucide-react";
import { TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { Empty } from "@/app/_ui/states";
import { useNow } from "@/app/_window/clock";
import { formatTime } from "@/app/_window/format-time";
import { useTimezone } from "@/app/_window/timezone";
import { FailureTable } from "./failure-table";
import { FigureTable } from "./figure-table";
import { type ReportMonth, readMonth } from "./month";
import { ObjectiveTable } from "./objective-table";
import { failuresAtMost, reportQuestions } from "./questions";
import { RemedyTable } from "./remedy-table";
import { WeekCharts } from "./week-charts";

const filterNames = ["month", "team"] as const;

/** One month of a team, or of everybody, on two or three sheets of paper. */
export function Report() {
  const { timezone } = useTimezone();
  const { value, choose } = useFilters(filterNames);
  const now = useNow(60_000);
  const team = value("team");
  const month = readMonth(value("month"), new Date(now), timezone);
  const questions = reportQuestions(month, team, timezone);
  const metrics = useQuery(questions.metrics);
  const before = useQuery(questions.before).data;
  const remedies = useQuery(questions.remedies);
  const slos = useQuery(questions.slos);
  const failures = useInfiniteQuery(questions.failures);
  return (
    <article className="mx-auto grid max-w-[1100px] gap-3">
      <PageHead title={`Delivery in ${month.title}${team ? `: ${team}` : ""}`}>
        <TeamPicker value={team} onChoose={(next) => choose("team", next)} />
        <Months month={month} onChoose={(next) => choose("month", next)} />
        <Button onClick={() => window.print()}>
          <Printer aria-hidden="true" size={14} /> Print or save as PDF
        </Button>
      </PageHead>
      <p className="text-muted">
        {team ? `Team ${team}` : "All teams"}, tier production, {timezone}.{" "}
        {month.isRunning && "The month is not over: what is still to come is in no figure. "}
        As of {formatTime(now, timezone, "full")}.
      </p>
      <Answered query={metrics} lines={8}>
        {(answer) => (
          <>
            <FigureTable month={month} total={answer.total} before={before?.total} />
            <WeekCharts metrics={answer} />
          </>
        )}
      </Answered>
      <Answered query={remedies} lines={4}>
        {(answer) => <RemedyTable remedies={answer} by={team ? "Service" : "Team"} />}
      </Answered>
      <Answered query={slos} lines={4}>
        {({ items }) => <ObjectiveTable items={items} month={month} team={team} />}
      </Answered>
      <PagedList
        query={failures}
        empty={
          <Empty title="No failed deployment">
            Nothing that went to production in {month.title} needed intervention.
          </Empty>
        }
      >
        {(items) => (
          <FailureTable items={items} more={failures.hasNextPage} atOnce={failuresAtMost} />
        )}
      </PagedList>
    </article>
  );
}

function Months({
  month,
  onChoose,
}: {
  month: ReportMonth;
  onChoose: (name: string | null) => void;
}) {
  const { before, next } = month;
  return (
    <span className="inline-flex gap-1">
      <Button onClick={() => onChoose(before.name)} aria-label={`Report of ${before.title}`}>
        <ChevronLeft aria-hidden="true" size={14} />
      </Button>
      <Button
        onClick={() => onChoose(next)}
        disabled={next === null}
        aria-label="Report of the month after"
      >
        <ChevronRight aria-hidden="true" size={14} />
      </Button>
    </span>
  );
}
