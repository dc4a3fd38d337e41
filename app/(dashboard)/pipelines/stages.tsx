"use client";

import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, formatSeconds, plural } from "@/app/_ui/format";
import { Empty } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import { PageLink } from "@/app/_window/page-link";
import type { BuildsTrendAnswer } from "@/lib/http/pipeline-answers";
import { type PipelineScope, rowsBehind } from "./scope";

const shownAtMost = 12;

/** Where the time goes: the stages that take most of it, the most first. */
export function Stages({ answer, scope }: { answer: BuildsTrendAnswer; scope: PipelineScope }) {
  const { stages, stagesFrom: from } = answer;
  const behind = (more: Record<string, string>) => rowsBehind("builds", scope, answer, more);
  return (
    <Card title="Slowest stages" aside={from > 0 && <Newest builds={from} />}>
      {stages.length === 0 ? (
        <Empty title="No stages known">
          Builds from GitHub bring their jobs; native events bring <code>stages</code>.
        </Empty>
      ) : (
        <Table label="Slowest stages">
          <thead>
            <tr>
              <Head>Stage</Head>
              <Head className="text-right">Of the time</Head>
              <Head className="text-right">p50</Head>
              <Head className="text-right">p90</Head>
              <Head className="text-right">Failed</Head>
              <Head className="text-right">n</Head>
            </tr>
          </thead>
          <tbody>
            {stages.slice(0, shownAtMost).map((stage) => (
              <tr key={stage.name} className="hover:bg-sunken">
                <Cell className="[overflow-wrap:anywhere]">
                  <PageLink className="link" href={behind({ stage: stage.name })}>
                    {stage.name}
                  </PageLink>
                </Cell>
                <Cell className="text-right tabular">{formatRate(stage.shareOfTime)}</Cell>
                <Cell className="text-right whitespace-nowrap tabular">
                  {formatSeconds(stage.p50Seconds)}
                </Cell>
                <Cell className="text-right whitespace-nowrap tabular">
                  {formatSeconds(stage.p90Seconds)}
                </Cell>
                <Cell className="text-right tabular">
                  <PageLink className="link" href={behind({ failedIn: stage.name })}>
                    {formatRate(stage.failRate)}
                  </PageLink>
                </Cell>
                <Cell className="text-right tabular">{formatCount(stage.n)}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function Newest({ builds }: { builds: number }) {
  return <span className="text-sm text-muted">of the newest {plural(builds, "build")}</span>;
}
