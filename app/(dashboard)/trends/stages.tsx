"use client";

import type { Figure, Scope } from "@/app/_figures/figures";
import { leadStages, recoveryStages } from "@/app/_figures/stages";
import { Card } from "@/app/_ui/card";
import { classNames } from "@/app/_ui/class-names";
import { formatSeconds } from "@/app/_ui/format";
import type { FiguresAnswer } from "@/lib/http/figure-answers";
import { Few } from "./certainty";

/** Where the time goes: of changes on their way out, and of failures until they are over. */
export function Stages({ total, scope }: { total: FiguresAnswer; scope: Scope }) {
  const { leadTime, recoveryTime } = total;
  if (!leadTime.stages || !recoveryTime.stages) return null;
  const { stages: lead } = leadTime;
  const { stages: recovery } = recoveryTime;
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <StageCard
        title="Where the lead time goes"
        empty="No pull request is known for what shipped."
        scope={scope}
        rows={leadStages.map((stage) => ({ ...stage, ...lead[stage.key] }))}
      />
      <StageCard
        title="Where the recovery time goes"
        empty="Nothing has been restored."
        scope={scope}
        rows={recoveryStages.map((stage) => ({ ...stage, ...recovery[stage.key] }))}
      />
    </div>
  );
}

interface StageRow {
  key: string;
  name: string;
  says: string;
  fill: string;
  figure: Figure;
  n: number;
  p50Seconds: number | null;
  p90Seconds: number | null;
}

function StageCard({
  title,
  empty,
  scope,
  rows,
}: {
  title: string;
  empty: string;
  scope: Scope;
  rows: StageRow[];
}) {
  const known = rows.some(({ n }) => n > 0);
  return (
    <Card title={title}>
      {known ? (
        <>
          <Bars rows={rows} />
          <dl className="mt-2.5 grid grid-cols-2 gap-x-3 gap-y-2 sm:grid-cols-5">
            {rows.map((row) => (
              <Stage key={row.key} row={row} scope={scope} />
            ))}
          </dl>
        </>
      ) : (
        <p className="text-muted">{empty}</p>
      )}
    </Card>
  );
}

/** Both on one scale: how the typical one compares with the slow tenth. */
function Bars({ rows }: { rows: StageRow[] }) {
  const sum = (of: "p50Seconds" | "p90Seconds") =>
    rows.reduce((total, row) => total + (row[of] ?? 0), 0);
  const whole = Math.max(sum("p50Seconds"), sum("p90Seconds"));
  if (whole === 0) return null;
  return (
    <div
      aria-hidden="true"
      className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 gap-y-1"
    >
      {(["p50Seconds", "p90Seconds"] as const).map((of) => (
        <div key={of} className="contents">
          <span className="text-sm text-muted">{of.slice(0, 3)}</span>
          <span className="flex h-3 gap-px">
            {rows.map(({ key, fill, [of]: seconds }) => (
              <span
                key={key}
                className={classNames("first:rounded-l-sm last:rounded-r-sm", fill)}
                style={{ width: `${((seconds ?? 0) / whole) * 100}%` }}
              />
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}

function Stage({ row, scope }: { row: StageRow; scope: Scope }) {
  const { name, says, fill, figure, n, p50Seconds, p90Seconds } = row;
  return (
    <div className="min-w-0">
      <dt className="flex items-center gap-1.5 text-muted" title={says}>
        <span aria-hidden="true" className={classNames("size-2 shrink-0 rounded-full", fill)} />
        {name}
      </dt>
      <dd>
        <b className="font-semibold tabular">{formatSeconds(p50Seconds)}</b>
        <span className="block text-sm text-muted">
          p90 {formatSeconds(p90Seconds)}
          <br />
          <Few n={n} scope={scope} figure={figure} />
        </span>
      </dd>
    </div>
  );
}
