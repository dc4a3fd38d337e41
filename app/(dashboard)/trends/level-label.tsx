import { Pill } from "@/app/_ui/pill";
import type { Level } from "@/lib/metrics/levels";

/** Which level of a year's report the figure would lie in; never without the year. */
export function LevelLabel({ year, level }: { year: number; level: Level | null }) {
  return (
    <span className="mt-1 block">
      <Pill tone={level === null ? "plain" : "accent"}>
        DORA {year}: {level ?? "no level told"}
      </Pill>
    </span>
  );
}
