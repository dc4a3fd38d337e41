"use client";

import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { PageLink } from "@/app/_window/page-link";
import type { TestsTrendAnswer } from "@/lib/http/pipeline-answers";
import { type PipelineScope, rowsBehind, unnamedSuite } from "./scope";

/** The suites of the window: the most flaky first, then those that fail most. */
export function Suites({ answer, scope }: { answer: TestsTrendAnswer; scope: PipelineScope }) {
  return (
    <Card title="Suites, most flaky runs first">
      <Table label="Suites">
        <thead>
          <tr>
            <Head>Repository</Head>
            <Head>Suite</Head>
            <Head className="text-right">Flaky</Head>
            <Head className="text-right">Passed</Head>
            <Head className="text-right">Tests</Head>
            <Head className="text-right">p50</Head>
            <Head className="text-right">p90</Head>
            <Head className="text-right">Coverage</Head>
            <Head className="text-right">Runs</Head>
          </tr>
        </thead>
        <tbody>
          {answer.suites.map((suite) => (
            <tr key={`${suite.repository} ${suite.name}`} className="hover:bg-sunken">
              <Cell className="whitespace-nowrap">{suite.repository}</Cell>
              <Cell>
                <PageLink
                  className="link"
                  href={rowsBehind(
                    "tests",
                    { ...scope, repository: suite.repository, name: suite.name ?? unnamedSuite },
                    answer,
                  )}
                >
                  {suite.name ?? unnamedSuite}
                </PageLink>
              </Cell>
              <Cell className="text-right tabular">{formatRate(suite.flakyRate)}</Cell>
              <Cell className="text-right tabular">{formatRate(suite.successRate)}</Cell>
              <Cell className="text-right tabular">{formatCount(suite.tests)}</Cell>
              <Cell className="text-right whitespace-nowrap tabular">
                {formatSeconds(suite.p50Seconds)}
              </Cell>
              <Cell className="text-right whitespace-nowrap tabular">
                {formatSeconds(suite.p90Seconds)}
              </Cell>
              <Cell className="text-right tabular">{formatRate(suite.coverage)}</Cell>
              <Cell className="text-right tabular">{formatCount(suite.runs)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
