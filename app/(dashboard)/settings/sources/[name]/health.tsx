"use client";

import type { ReactNode } from "react";
import { stateSays } from "@/app/_sources/state-pill";
import { Card } from "@/app/_ui/card";
import { formatCount, formatSeconds } from "@/app/_ui/format";
import { Line } from "@/app/_ui/line";
import { Ago, Moment } from "@/app/_window/moment";
import type { SourceHealthAnswer } from "@/lib/http/source-health-answers";

/** What state a source is in, and the signs it is told by. */
export function Health({ health, pill }: { health: SourceHealthAnswer; pill: ReactNode }) {
  const { state, lastDeliveryAt, expectedBefore, refusedAt } = health;
  const lastDay = health.hours.slice(-24);
  const sum = (name: "accepted" | "ignored" | "failed" | "refused") =>
    lastDay.reduce((all, hour) => all + hour[name], 0);
  const arrived = sum("accepted") + sum("ignored") + sum("failed");
  return (
    <Card title="How it fares" aside={pill}>
      <p className="text-muted">{stateSays(state)}.</p>
      <dl className="mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-2 lg:grid-cols-3">
        <Line name="Last delivery">
          {lastDeliveryAt ? <Ago at={lastDeliveryAt} /> : "none has arrived yet"}
        </Line>
        <Line name="By its habit heard from again before">
          {expectedBefore ? (
            <Moment at={expectedBefore} />
          ) : (
            <span className="text-muted">not known yet: two weeks of deliveries tell</span>
          )}
        </Line>
        <Line name="Last 24 hours">
          <span className="tabular">
            {formatCount(arrived)} arrived, {(arrived / 24).toFixed(1)} an hour;{" "}
            {formatCount(sum("failed"))} could not be read
            {health.pending > 0 && `; ${formatCount(health.pending)} wait to be read`}
          </span>
        </Line>
        <Line name="Requests that did not prove themselves">
          <span className="tabular">
            {formatCount(sum("refused"))} in 24 hours
            {refusedAt && (
              <>
                , the last <Ago at={refusedAt} />
              </>
            )}
          </span>
        </Line>
        <Line name="Delay from the time it tells">
          <SenderClock clock={health.clock} />
        </Line>
      </dl>
    </Card>
  );
}

/** Rounding and small differences are no news. */
const aheadSeconds = -2;

function SenderClock({ clock }: { clock: SourceHealthAnswer["clock"] }) {
  if (!clock) return <span className="text-muted">its deliveries name no time of their own</span>;
  return (
    <span className="tabular">
      median {lag(clock.medianSeconds)}, least {lag(clock.leastSeconds)}, most{" "}
      {lag(clock.mostSeconds)} <span className="text-muted">n {formatCount(clock.n)}</span>
      {clock.leastSeconds < aheadSeconds && (
        <span className="block text-warning">
          Its clock runs ahead of ours by {formatSeconds(-clock.leastSeconds)} or more.
        </span>
      )}
    </span>
  );
}

function lag(seconds: number): string {
  return seconds < 0 ? `−${formatSeconds(-seconds)}` : formatSeconds(seconds);
}
