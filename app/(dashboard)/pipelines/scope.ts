export const bucketSizes = ["day", "week", "month"] as const;
export const scopeNames = ["repository", "team", "branch", "name", "bucket"] as const;

/** What the figures on the page are about. */
export interface PipelineScope {
  repository: string | null;
  team: string | null;
  branch: string | null;
  /** Of builds or suites. */
  name: string | null;
  bucket: (typeof bucketSizes)[number];
}

export function readScope(
  value: (name: (typeof scopeNames)[number]) => string | null,
): PipelineScope {
  return {
    repository: value("repository"),
    team: value("team"),
    branch: value("branch"),
    name: value("name"),
    bucket: bucketSizes.find((each) => each === value("bucket")) ?? "week",
  };
}

interface Stretch {
  from: Date | number | string;
  to: Date | number | string;
}

/** The list of exactly the builds or runs behind a number; `more` says which of those in scope. */
export function rowsBehind(
  list: "builds" | "tests",
  { bucket, ...scope }: PipelineScope,
  { from, to }: Stretch,
  more: Record<string, string> = {},
): string {
  const named = Object.entries(scope).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  const search = new URLSearchParams({
    ...Object.fromEntries(named),
    counted: "true",
    ...more,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
  return `/pipelines/${list}?${search}`;
}

/** How the API and the list of runs call a suite without a name. */
export const unnamedSuite = "(unnamed)";
