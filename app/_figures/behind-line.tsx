"use client";

import { ArrowLeft, X } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { formatTime } from "@/app/_window/format-time";
import { PageLink } from "@/app/_window/page-link";
import { useTimezone } from "@/app/_window/timezone";

/** Says which number a list stands behind, and leads back to the page with the number. */
export function BehindLine({
  name,
  place,
  from,
  to,
  back,
  onLeave,
}: {
  /** The number in words, as lib/metrics/rows-behind tells them apart. */
  name: string;
  place: { service?: string; team?: string; environment?: string; tier?: string };
  from: Date;
  to: Date;
  /** The page with the number. */
  back: { href: string; name: string };
  /** Shows the list without the number. */
  onLeave: () => void;
}) {
  const { timezone } = useTimezone();
  // The last millisecond of the stretch: 30 September, and not 1 October, 00:00.
  const last = new Date(to.getTime() - 1);
  const days = [formatTime(from, timezone, "day"), formatTime(last, timezone, "date")];
  return (
    <nav
      aria-label="Behind which number"
      className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-accent-surface px-3 py-1.5"
    >
      <PageLink
        href={back.href}
        className="inline-flex items-center gap-1.5 font-semibold text-accent hover:underline"
      >
        <ArrowLeft aria-hidden="true" size={14} /> {back.name}
      </PageLink>
      <p className="mr-auto">
        Behind the number: <b className="font-semibold">{name}</b>
        {placeWords(place)}, <span className="tabular">{days.join(" to ")}</span>
      </p>
      <span data-control>
        <Button look="quiet" onClick={onLeave}>
          <X aria-hidden="true" size={14} /> Show all
        </Button>
      </span>
    </nav>
  );
}

function placeWords({
  service,
  team,
  environment,
  tier,
}: {
  service?: string;
  team?: string;
  environment?: string;
  tier?: string;
}): string {
  const of = [service, team].filter(Boolean).join(" of ");
  const where = environment ?? (tier && `tier ${tier}`);
  return `${of && ` of ${of}`}${where ? ` in ${where}` : ""}`;
}
