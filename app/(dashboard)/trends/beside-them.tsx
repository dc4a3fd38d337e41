"use client";

import type { Figure, Scope } from "@/app/_figures/figures";
import { RowsLink } from "@/app/_figures/rows-link";
import { Card } from "@/app/_ui/card";
import { formatCount, formatRate } from "@/app/_ui/format";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import { wilsonInterval } from "@/lib/metrics/interval";
import { Few, Interval } from "./certainty";

/** What is counted apart from the five, and must not be forgotten beside them. */
export function BesideThem({ total, scope }: { total: FiguresAnswer; scope: Scope }) {
  const { deploymentSuccess, failedAttempts, failedRemedies, releases } = total;
  const { n, succeeded, rate } = deploymentSuccess;
  const counts: { name: string; figure: Figure; n: number }[] = [
    { name: "Failed attempts", figure: "failed_attempts", n: failedAttempts },
    { name: "Failed remedies", figure: "failed_remedies", n: failedRemedies },
    { name: "Open failures", figure: "open", n: total.recoveryTime.open },
    { name: "Releases", figure: "releases", n: releases },
  ];
  return (
    <Card>
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        <div>
          <dt className="text-muted">Deployment attempts that succeeded</dt>
          <dd>
            <b className="text-lg tabular">{formatRate(rate)}</b>{" "}
            <span className="text-sm text-muted">
              <RowsLink scope={scope} figure="succeeded" n={succeeded}>
                {formatCount(succeeded)}
              </RowsLink>{" "}
              of <Few n={n} scope={scope} figure="finished" bare />
              <Interval interval={wilsonInterval(succeeded, n)} />
            </span>
          </dd>
        </div>
        {counts.map(({ name, figure, n: count }) => (
          <div key={figure}>
            <dt className="text-muted">{name}</dt>
            <dd className="text-lg font-bold tabular">
              <RowsLink scope={scope} figure={figure} n={count} label={`${name}: ${count}`}>
                {formatCount(count)}
              </RowsLink>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
