"use client";

import { useQuery } from "@tanstack/react-query";
import { levelsQuery } from "@/app/_query/queries";
import { Note } from "@/app/_ui/note";
import { OutsideLink } from "@/app/_ui/outside-link";

/** What a level of a single metric means, said wherever levels are shown. */
export function LevelNote({ year }: { year: number }) {
  const { data } = useQuery(levelsQuery());
  if (!data) return null;
  const told = data.items.find((item) => item.year === year);
  if (!told) return <Note>DORA's report of {year} has no levels, so none are shown.</Note>;
  return (
    <Note>
      <p>
        {data.warning} {told.caveats.join(" ")}
      </p>
      <p className="text-muted">
        As published:{" "}
        <OutsideLink href={told.source.address} className="underline underline-offset-3">
          {told.source.title}
        </OutsideLink>
      </p>
    </Note>
  );
}
