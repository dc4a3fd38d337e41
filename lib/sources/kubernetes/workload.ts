/** The letters of names that Kubernetes makes: no vowels, so that words do not look like them. */
const made = "[bcdfghjklmnpqrstvwxz2456789]";
const suffixes: Record<string, readonly RegExp[]> = {
  __proto__: null as never,
  // Of a Deployment by its ReplicaSet, of a DaemonSet, of a StatefulSet.
  Pod: [new RegExp(`-${made}{6,10}-${made}{5}$`), new RegExp(`-${made}{5}$`), /-\d+$/],
  ReplicaSet: [new RegExp(`-${made}{6,10}$`)],
  // Of a CronJob, by the minute it was due.
  Job: [/-\d{8,10}$/],
};

/** What an object belongs to, by the names that Kubernetes makes: `checkout-7c7b47f5f-8bhrp` is of checkout. */
export function workloadOf(kind: string, name: string): string {
  const found = (suffixes[kind] ?? []).find((suffix) => suffix.test(name));
  return (found && name.replace(found, "")) || name;
}
