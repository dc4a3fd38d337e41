"use client";

import { useQuery } from "@tanstack/react-query";
import type { Scope } from "@/app/_figures/figures";
import { EnvironmentPicker, ServicePicker, TeamPicker } from "@/app/_filters/pickers";
import { useFilters } from "@/app/_filters/use-filters";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import { CopyLink } from "@/app/_window/copy-link";
import { RangePicker } from "@/app/_window/range-picker";
import { useWindow } from "@/app/_window/use-window";
import { Classes } from "./classes";
import { batchesQuestion, filterNames } from "./question";
import { Spreads } from "./spreads";
import { measures } from "./words";

/** Do larger batches and older branches fail more often: what the data say, and how sure that is. */
export function Batches() {
  const window = useWindow("-90d");
  const { value, choose } = useFilters(filterNames);
  const query = useQuery(batchesQuestion(value, window));
  const scope: Scope = {
    service: value("service"),
    team: value("team"),
    environment: value("environment"),
    from: window.from,
    to: window.to,
  };
  return (
    <>
      <PageHead title="Batch size">
        <ServicePicker value={value("service")} onChoose={(next) => choose("service", next)} />
        <TeamPicker value={value("team")} onChoose={(next) => choose("team", next)} />
        <EnvironmentPicker
          any="Tier production"
          value={value("environment")}
          onChoose={(next) => choose("environment", next)}
        />
        <RangePicker window={window} />
        <CopyLink window={window} />
      </PageHead>
      <Answered query={query} lines={16}>
        {(answer) =>
          answer.deployments === 0 ? (
            <Card>
              <Empty title="No deployments in this time range">
                Deployments in production stand here by how much they brought and how old their
                branches were, each with how often such a deployment failed.
              </Empty>
            </Card>
          ) : (
            <div className="grid gap-3">
              <Spreads answer={answer} scope={scope} />
              <div className="grid gap-3 xl:grid-cols-2 xl:[&>:last-child:nth-child(odd)]:col-span-2">
                {measures.map((measure) => (
                  <Classes key={measure.title} measure={measure} answer={answer} scope={scope} />
                ))}
              </div>
            </div>
          )
        }
      </Answered>
    </>
  );
}
