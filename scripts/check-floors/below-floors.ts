import { z } from "zod";

/** A package below `least` has a known hole. Several floors of one package are of its release lines. */
export const floors = z.array(
  z.strictObject({
    package: z.string(),
    /** The major version it speaks of; without one, of all. */
    line: z.number().int().optional(),
    least: z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/),
    advisory: z.string(),
    why: z.string(),
  }),
);
export type Floor = z.infer<typeof floors>[number];

export const lockfile = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional() })),
});

/**
 * A sentence for every installed copy that is below a floor of its package.
 * A copy of a line that is older than all that its package's floors name is
 * below them too: nobody mends it any more.
 */
export function belowFloors(known: readonly Floor[], lock: z.infer<typeof lockfile>): string[] {
  return Object.entries(lock.packages).flatMap(([place, { version }]) => {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1];
    if (!name || !version) return [];
    return known
      .filter((floor) => floor.package === name && isBelow(version, floor, known))
      .map(
        ({ least, advisory, why }) =>
          `${name} ${version} (${place}) is below ${least}: ${advisory}, ${why}`,
      );
  });
}

function isBelow(version: string, floor: Floor, known: readonly Floor[]): boolean {
  const major = Number(version.split(".")[0]);
  if (floor.line === undefined || floor.line === major) return compare(version, floor.least) < 0;
  const lines = known.filter((each) => each.package === floor.package).map(({ line }) => line ?? 0);
  return floor.line === Math.min(...lines) && major < floor.line;
}

/** Versions in order; one with a suffix comes before the same without. */
export function compare(one: string, other: string): number {
  const [first, second] = [parts(one), parts(other)];
  for (const [index, number] of first.numbers.entries()) {
    const difference = number - (second.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (first.suffix === second.suffix) return 0;
  if (first.suffix === "") return 1;
  if (second.suffix === "") return -1;
  return first.suffix.localeCompare(second.suffix, "en", { numeric: true });
}

function parts(version: string): { numbers: number[]; suffix: string } {
  const [, main = "", suffix = ""] = /^([\d.]+)(?:-([^+]+))?/.exec(version) ?? [];
  return { numbers: main.split(".").map(Number), suffix };
}
