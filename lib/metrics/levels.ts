/** The metrics that DORA's reports put into levels; rework and reliability have none. */
export const levelMetrics = [
  "deployment_frequency",
  "lead_time",
  "change_fail_rate",
  "recovery_time",
] as const;
export type LevelMetric = (typeof levelMetrics)[number];

export type Level = "elite" | "high" | "medium" | "low";

/**
 * One level of one metric: in the report's words, and the values that it holds, `from`
 * inclusive, `to` exclusive, null where it is open. In seconds (of the frequency: between
 * two deployments), of fail rates in whole percents, as they were published. The best
 * and the worst level of a metric are open to their outer side.
 */
export interface LevelBand {
  level: Level;
  published: string;
  from: number;
  to: number | null;
}

export interface LevelYear {
  year: number;
  source: { title: string; address: string };
  /** What to know when reading this year's levels. */
  caveats: readonly string[];
  metrics: Readonly<Record<LevelMetric, readonly LevelBand[]>>;
}

const hour = 3_600;
const day = 24 * hour;
const week = 7 * day;
const halfYear = 182.625 * day;
const month = halfYear / 6;

const band = (level: Level, published: string, from: number, to: number | null): LevelBand => ({
  level,
  published,
  from,
  to,
});

const onDemand = (level: Level) => band(level, "on demand, several a day", 0, day);
const daily = (level: Level) => band(level, "once a day to once a week", day, week);
const weekly = (level: Level) => band(level, "once a week to once a month", week, month);
const monthly = (level: Level, to: number | null) =>
  band(level, "once a month to once in 6 months", month, to);
const dayToWeek = (level: Level) => band(level, "1 day to 1 week", day, week);
const weekToMonth = (level: Level, to: number | null) => band(level, "1 week to 1 month", week, to);
const monthsToHalfYear = (level: Level, to: number | null) =>
  band(level, "1 month to 6 months", month, to);

/** DORA's levels as published, 2021 to 2024; its report of 2025 has none. The one table of them. */
export const levelYears: readonly LevelYear[] = [
  {
    year: 2024,
    source: {
      title: "Octopus Deploy: The 2024 DevOps performance clusters",
      address: "https://octopus.com/blog/2024-devops-performance-clusters",
    },
    caveats: [
      "The fail rates of high (20 %) and medium (10 %) are inverted: between 5 and 20 % the rate tells no level.",
      "High and medium recover alike, in less than a day.",
      "Fail rates are each cluster's typical one; a level is read as at most that.",
    ],
    metrics: {
      deployment_frequency: [
        onDemand("elite"),
        daily("high"),
        weekly("medium"),
        monthly("low", null),
      ],
      lead_time: [
        band("elite", "less than 1 day", 0, day),
        dayToWeek("high"),
        weekToMonth("medium", month),
        monthsToHalfYear("low", null),
      ],
      change_fail_rate: [
        band("elite", "5 %", 0, 6),
        band("high", "20 %", 6, 21),
        band("medium", "10 %", 6, 21),
        band("low", "40 %", 21, null),
      ],
      recovery_time: [
        band("elite", "less than 1 hour", 0, hour),
        band("high", "less than 1 day", hour, day),
        band("medium", "less than 1 day", hour, day),
        weekToMonth("low", null),
      ],
    },
  },
  {
    year: 2023,
    source: {
      title: "Octopus Deploy: The 2023 DevOps performance clusters",
      address: "https://octopus.com/blog/software-delivery-performance-clusters-2023",
    },
    caveats: [
      "Medium and low deploy equally often, and low has medium's lead time: there neither tells a level.",
      "Fail rates are each cluster's typical one; a level is read as at most that.",
    ],
    metrics: {
      deployment_frequency: [
        onDemand("elite"),
        daily("high"),
        weekly("medium"),
        band("low", "once a week to once a month", week, null),
      ],
      lead_time: [
        band("elite", "less than 1 day", 0, day),
        dayToWeek("high"),
        weekToMonth("medium", month),
        weekToMonth("low", null),
      ],
      change_fail_rate: [
        band("elite", "5 %", 0, 6),
        band("high", "10 %", 6, 11),
        band("medium", "15 %", 11, 16),
        band("low", "64 %", 16, null),
      ],
      recovery_time: [
        band("elite", "less than 1 hour", 0, hour),
        band("high", "less than 1 day", hour, day),
        dayToWeek("medium"),
        monthsToHalfYear("low", null),
      ],
    },
  },
  {
    year: 2022,
    source: {
      title: "Octopus Deploy: The new DevOps performance clusters",
      address: "https://octopus.com/blog/new-devops-performance-clusters",
    },
    caveats: [
      "There was no elite cluster in 2022: high is the best.",
      "Nothing was published between several deployments a day and one a week, nor between 30 and 46 %.",
    ],
    metrics: {
      deployment_frequency: [onDemand("high"), weekly("medium"), monthly("low", null)],
      lead_time: [
        band("high", "1 day to 1 week", 0, week),
        weekToMonth("medium", month),
        monthsToHalfYear("low", null),
      ],
      change_fail_rate: [
        band("high", "0 to 15 %", 0, 16),
        band("medium", "16 to 30 %", 16, 31),
        band("low", "46 to 60 %", 46, null),
      ],
      recovery_time: [
        band("high", "less than 1 day", 0, day),
        dayToWeek("medium"),
        weekToMonth("low", null),
      ],
    },
  },
  {
    year: 2021,
    source: {
      title: "DORA: Accelerate State of DevOps 2021",
      address: "https://dora.dev/research/2021/dora-report/",
    },
    caveats: [
      "High, medium and low have the same fail rate: above 15 % it tells no level.",
      "Nothing was published for lead times from an hour to a day and from a week to a month, for deployments more than weekly but not daily, and for recovery between a week and 6 months.",
    ],
    metrics: {
      deployment_frequency: [
        onDemand("elite"),
        weekly("high"),
        monthly("medium", halfYear),
        band("low", "less than once in 6 months", halfYear, null),
      ],
      lead_time: [
        band("elite", "less than 1 hour", 0, hour),
        dayToWeek("high"),
        monthsToHalfYear("medium", halfYear),
        band("low", "more than 6 months", halfYear, null),
      ],
      change_fail_rate: [
        band("elite", "0 to 15 %", 0, 16),
        band("high", "16 to 30 %", 16, null),
        band("medium", "16 to 30 %", 16, null),
        band("low", "16 to 30 %", 16, null),
      ],
      recovery_time: [
        band("elite", "less than 1 hour", 0, hour),
        band("high", "less than 1 day", hour, day),
        dayToWeek("medium"),
        band("low", "more than 6 months", halfYear, null),
      ],
    },
  },
];

/**
 * The level that a value has in a report's year: deployments a day, seconds, or a rate of
 * 0..1. Null where there is no value, where the year has no levels (2025), where nothing was
 * published for such a value, and where several levels hold it, so that it tells none.
 * Sources: `levelYears`. Levels are of clusters of whole answers: a reading aid, no grade.
 */
export function levelOf(year: number, metric: LevelMetric, value: number | null): Level | null {
  const bands = levelYears.find((each) => each.year === year)?.metrics[metric];
  const measure = value === null ? null : measured(metric, value);
  if (!bands || measure === null) return null;
  const holding = bands.filter(({ from, to }) => measure >= from && (to === null || measure < to));
  return holding.length === 1 ? (holding[0]?.level ?? null) : null;
}

/** In the unit of the bands; where nothing was deployed there is no time between deployments. */
function measured(metric: LevelMetric, value: number): number | null {
  switch (metric) {
    case "deployment_frequency":
      return value > 0 ? day / value : null;
    case "change_fail_rate":
      return Math.round(value * 100);
    case "lead_time":
    case "recovery_time":
      return value;
  }
}
