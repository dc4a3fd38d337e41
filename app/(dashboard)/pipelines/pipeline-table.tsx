"use client";

import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import { Empty } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import { PageLink } from "@/app/_window/page-link";
import type { BuildsTrendAnswer } from "@/lib/http/pipeline-answers";
import { type PipelineScope, rowsBehind } from "./scope";

const shownAtMost = 12;

/** Each repository's builds of one name; the busiest first. */
export function PipelineTable({
  answer,
  scope,
}: {
  answer: BuildsTrendAnswer;
  scope: PipelineScope;
}) {
  return (
    <Card title="Pipelines">
      {answer.pipelines.length === 0 ? (
        <Empty title="No builds have ended in this time" />
      ) : (
        <Table label="Pipelines">
          <thead>
            <tr>
              <Head>Repository</Head>
              <Head>Build</Head>
              <Head className="text-right">p50</Head>
              <Head className="text-right">p90</Head>
              <Head className="text-right">Success</Head>
              <Head className="text-right">Flaky</Head>
              <Head className="text-right">n</Head>
            </tr>
          </thead>
          <tbody>
            {answer.pipelines.slice(0, shownAtMost).map((each) => (
              <tr key={`${each.repository} ${each.name}`} className="hover:bg-sunken">
                <Cell className="whitespace-nowrap">{each.repository}</Cell>
                <Cell>
                  <PageLink
                    className="link"
                    href={rowsBehind(
                      "builds",
                      { ...scope, repository: each.repository, name: each.name },
                      answer,
                    )}
                  >
                    {each.name}
                  </PageLink>
                </Cell>
                <Cell className="text-right whitespace-nowrap tabular">
                  {formatSeconds(each.p50Seconds)}
                </Cell>
                <Cell className="text-right whitespace-nowrap tabular">
                  {formatSeconds(each.p90Seconds)}
                </Cell>
                <Cell className="text-right tabular">{formatRate(each.successRate)}</Cell>
                <Cell className="text-right tabular">{formatRate(each.flakyRate)}</Cell>
                <Cell className="text-right tabular">{formatCount(each.n)}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
