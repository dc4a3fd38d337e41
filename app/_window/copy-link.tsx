"use client";

import { Check, Link2 } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { useCopy } from "@/app/_ui/copy";
import { permalink } from "@/app/_window/permalink";
import { useTimezone } from "@/app/_window/timezone";
import { useWeekStart } from "@/app/_window/week-start";

/** Copies the address of exactly what is looked at: a window or a moment that moves with the clock is fixed. */
export function CopyLink(shown: { window: { from: Date; to: Date } } | { at: string }) {
  const { copied, copy } = useCopy();
  const { timezone } = useTimezone();
  const { weekStart } = useWeekStart();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const copyIt = () =>
    copy(
      window.location.origin + permalink({ pathname, search }, { ...shown, timezone, weekStart }),
    );
  return (
    <Button onClick={() => void copyIt()}>
      {copied ? (
        <Check aria-hidden="true" size={14} className="text-good" />
      ) : (
        <Link2 aria-hidden="true" size={14} />
      )}
      <span aria-live="polite">{copied ? "Copied" : "Copy link"}</span>
    </Button>
  );
}
