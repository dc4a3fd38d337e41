"use client";

import { useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { type Figure, opensRows, rowsBehind, type Scope } from "@/app/_figures/figures";
import { PageLink } from "@/app/_window/page-link";

/** A number that opens to exactly the rows behind it; nothing is behind none. */
export function RowsLink({
  scope,
  figure,
  n,
  label,
  children,
}: {
  scope: Scope;
  figure: Figure;
  /** How many rows there are; 0 opens nothing. */
  n: number;
  /** What is opened, where the number alone does not say it. */
  label?: string;
  children: ReactNode;
}) {
  const back = useSearchParams().toString();
  if (n === 0 || !opensRows(scope, figure)) return children;
  return (
    <PageLink
      href={rowsBehind(scope, figure, { back })}
      aria-label={label}
      title="Open the rows behind it"
      className="underline decoration-muted decoration-dotted underline-offset-3 hover:text-accent hover:decoration-accent"
    >
      {children}
    </PageLink>
  );
}
