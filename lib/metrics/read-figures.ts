import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { type Places, placesOf } from "@/lib/metrics/places";
import { readKept } from "@/lib/metrics/read-kept";
import { readRows } from "@/lib/metrics/read-rows";
import type { Readings, Wanted } from "@/lib/metrics/reading";

/** Days of several places together up to which their rows are few enough to be read each time. */
const fewPlaceDays = 2_000;

/** Periods and windows of a scope, from kept cells where there are such, else from rows. */
export function readFigures(db: Kysely<Database>, wanted: Wanted): Promise<Readings> {
  const places = placesOf(wanted.scope, wanted.timezone);
  return places === null || isFew(places, wanted)
    ? readRows(db, wanted)
    : readKept(db, places, wanted);
}

function isFew({ names, environments }: Places, { windows }: Wanted): boolean {
  const places = names.length * environments.length;
  const milliseconds = windows.map(({ start, end }) => end.getTime() - start.getTime());
  return places > 1 && (places * Math.max(...milliseconds)) / 86_400_000 <= fewPlaceDays;
}
