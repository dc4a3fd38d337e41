"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useFilters } from "@/app/_filters/use-filters";
import { testRunPages } from "@/app/_query/queries";
import { ExportMenu } from "@/app/_ui/export-menu";
import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import { NoRows } from "@/app/_ui/no-rows";
import { PageHead } from "@/app/_ui/page-head";
import { PagedList } from "@/app/_ui/paged-list";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import { openWindow } from "@/app/_window/open-window";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import type { TestRunAnswer } from "@/lib/facts/list-test-runs";
import { RevisionLink, StatusPill } from "../run-cells";
import { RunFilters, runFilters } from "../run-filters";
import { unnamedSuite } from "../scope";

export function TestRuns() {
  const window = useWindow("-28d");
  const filters = useFilters(runFilters);
  const search = { ...filters.search, ...openWindow(window) };
  const query = useInfiniteQuery(testRunPages({ ...search, limit: 100 }));
  return (
    <>
      <PageHead title="Test runs">
        <RangePicker window={window} />
        <ExportMenu path="/api/v1/test-runs" search={search} />
      </PageHead>
      <RunFilters filters={filters} noun="Suite" />
      <PagedList
        query={query}
        counted
        lines={14}
        empty={<NoRows title="No test runs here" filtered={filters.any} />}
      >
        {(items) => <TestRunTable items={items} />}
      </PagedList>
    </>
  );
}

function TestRunTable({ items }: { items: TestRunAnswer[] }) {
  return (
    <Table label="Test runs">
      <thead>
        <tr>
          <Head>Ended</Head>
          <Head>Repository</Head>
          <Head>Suite</Head>
          <Head>Branch</Head>
          <Head>Revision</Head>
          <Head>Status</Head>
          <Head className="text-right">Tests</Head>
          <Head className="text-right">Failed</Head>
          <Head className="text-right">Flaky</Head>
          <Head className="text-right">Skipped</Head>
          <Head className="text-right">Coverage</Head>
          <Head className="text-right">Took</Head>
        </tr>
      </thead>
      <tbody>
        {items.map((run) => (
          <tr key={run.id} className="hover:bg-sunken">
            <Cell className="whitespace-nowrap">
              <Moment at={run.finishedAt ?? run.startedAt} style="moment" />
            </Cell>
            <Cell className="whitespace-nowrap">{run.repository}</Cell>
            <Cell>{run.name ?? unnamedSuite}</Cell>
            <Cell className="whitespace-nowrap">
              {run.branch ?? <span className="text-muted">–</span>}
            </Cell>
            <Cell>
              <RevisionLink revision={run.revision} repository={run.repository} />
            </Cell>
            <Cell>
              <StatusPill status={run.status} />
            </Cell>
            <Cell className="text-right tabular">{formatCount(run.tests)}</Cell>
            <Cell className="text-right tabular">{formatCount(run.failed)}</Cell>
            <Cell className="text-right tabular">{formatCount(run.flaky)}</Cell>
            <Cell className="text-right tabular">{formatCount(run.skipped)}</Cell>
            <Cell className="text-right tabular">{formatRate(run.coverage)}</Cell>
            <Cell className="text-right whitespace-nowrap tabular">
              {formatSeconds(run.durationSeconds)}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
