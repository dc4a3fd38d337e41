interface Reported {
  revision: string | null;
  artifact: string | null;
}

/** By what several reports count as one deployment, as the rest of "one deployment by …". */
export function whyOne(reports: readonly Reported[]): string {
  const same = (["revision", "artifact"] as const).filter((name) => {
    const [first, ...rest] = reports.map((report) => report[name]);
    return first != null && rest.every((value) => value === first);
  });
  // One that names the first's revision and the second's artifact joins them.
  const by =
    same.length > 0
      ? `the same ${same.join(" and ")}`
      : "a revision or an artifact that they share";
  return `${by}, within 2 minutes of each other`;
}
