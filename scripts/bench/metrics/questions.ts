import { sql } from "kysely";
import type { Context } from "@/lib/context";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { type MetricsQuestion, readMetrics } from "@/lib/metrics/read-metrics";
import { deepPage } from "@/scripts/bench/metrics/deep-page";
import { sloQuestions } from "@/scripts/bench/metrics/slo-questions";

export interface Question {
  name: string;
  ask(context: Context): Promise<unknown>;
  /** What the rest is to be seen beside. */
  isReference?: true;
}

const dayMilliseconds = 86_400_000;
const scopes: [string, Partial<MetricsQuestion["scope"]>][] = [
  ["whole", {}],
  ["team", { teams: ["team-7"] }],
  ["service", { services: ["service-7"] }],
];
const windows: [string, number][] = [
  ["90 d", 90],
  ["1 y", 365],
  ["3 y", 1_095],
];

/** All that is asked, each over both sets. */
export function questions(now: Date): Question[] {
  return [...metrics(now), ...sets(now), ...lists(now), ...sloQuestions(), reference];
}

function metrics(now: Date): Question[] {
  return scopes.flatMap(([scopeName, scope]) =>
    windows.flatMap(([windowName, days]) =>
      (["day", "week", "month"] as const).flatMap((bucket) =>
        ["UTC", "Europe/Berlin"].flatMap((timezone) => {
          const question = { ...asked(now, days, scope), bucket, timezone };
          const name = `${scopeName}, ${windowName} by ${bucket}, ${timezone}`;
          return [
            {
              name: `metrics: ${name}`,
              ask: (context: Context) => readMetrics(context, question),
            },
            {
              name: `metrics with stages and the window before: ${name}`,
              ask: (context: Context) =>
                readMetrics(context, { ...question, compare: "previous", stages: true }),
            },
          ];
        }),
      ),
    ),
  );
}

function sets(now: Date): Question[] {
  const some = Array.from({ length: 20 }, (_, index) => `service-${index * 10}`);
  return [
    {
      name: "metrics: 20 services freely chosen, 3 y by month, UTC",
      ask: (context) =>
        readMetrics(context, {
          ...asked(now, 1_095, { services: some }),
          bucket: "month",
          timezone: "UTC",
        }),
    },
  ];
}

function asked(now: Date, days: number, scope: Partial<MetricsQuestion["scope"]>) {
  return {
    from: new Date(now.getTime() - days * dayMilliseconds),
    to: now,
    scope: { services: [], teams: [], environments: [], ...scope },
  };
}

function lists(now: Date): Question[] {
  const filters: [string, object][] = [
    ["whole, failed", { figure: "failed", tier: ["production"] }],
    ["team, failed", { figure: "failed", tier: ["production"], team: ["team-7"] }],
    ["service, failed", { figure: "failed", tier: ["production"], service: ["service-7"] }],
    ["team, rework", { figure: "rework", tier: ["production"], team: ["team-7"] }],
    ["team, deployments", { figure: "deployments", tier: ["production"], team: ["team-7"] }],
    ["one author", { author: ["person-7"] }],
  ];
  const window = { from: new Date(now.getTime() - 1_095 * dayMilliseconds), to: now, limit: 50 };
  return filters.flatMap(([name, filter]) => [
    {
      name: `deployments: ${name}, page 1`,
      ask: (context: Context) => listDeployments(context, { ...window, ...filter }),
    },
    {
      name: `deployments: ${name}, page 50`,
      ask: deepPage((context, cursor) =>
        listDeployments(context, { ...window, ...filter, ...(cursor && { cursor }) }),
      ),
    },
  ]);
}

/** What a dashboard without kept cells would ask: the same figures by week, over everything. */
const reference: Question = {
  name: "reference: all of history by week in plain SQL",
  isReference: true,
  ask: ({ db }) =>
    sql`
      select date_trunc('week', d.at, 'Europe/Berlin') as week, count(distinct d.id),
        count(distinct d.id) filter (where d.failed),
        percentile_cont(array[0.5, 0.9]) within group (order by c.lead_seconds),
        percentile_cont(array[0.5, 0.9]) within group (order by d.recovery_seconds)
      from deployments d left join deployment_changes c on c.deployment_id = d.id
      where d.tier = 'production' and d.completed
      group by 1`.execute(db),
};
