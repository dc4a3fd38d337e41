"use client";

import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { numberLook } from "@/app/_figures/rows-link";
import { sloHref } from "@/app/_slos/naming";
import { PageLink } from "@/app/_window/page-link";

/** A number of an objective that opens to the events behind it; nothing is behind none. */
export function EventLink({
  slo,
  n,
  rows,
  last,
  label,
  children,
}: {
  slo: { id: string };
  n: number;
  rows: "bad" | "good" | "all";
  /** Of the last so many seconds of the window; left out: of all of it. */
  last?: number;
  /** What is opened, where the number alone does not say it. */
  label: string;
  children: ReactNode;
}) {
  const at = useSearchParams().get("at");
  if (n === 0) return children;
  const search = new URLSearchParams({
    rows,
    ...(last !== undefined && { last: String(last) }),
    ...(at && { at }),
  });
  return (
    <PageLink
      href={`${sloHref(slo.id)}?${search}#events`}
      aria-label={label}
      title="Open the rows behind it"
      className={numberLook}
    >
      {children}
    </PageLink>
  );
}
