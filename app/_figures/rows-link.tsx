"use client";

import type { ReactNode } from "react";
import { type Figure, opensRows, rowsBehind, type Scope } from "@/app/_figures/figures";
import { useHere } from "@/app/_figures/use-back";
import { PageLink } from "@/app/_window/page-link";

/** How a number looks that opens to its rows. */
export const numberLook =
  "underline decoration-muted decoration-dotted underline-offset-3 hover:text-accent hover:decoration-accent";

/** A number that opens to exactly the rows behind it; nothing is behind none. */
export function RowsLink({
  scope,
  figure,
  n,
  narrowed,
  label,
  children,
}: {
  scope: Scope;
  figure: Figure;
  /** How many rows there are; 0 opens nothing. */
  n: number;
  /** By which further filters of the list. */
  narrowed?: Record<string, string>;
  /** What is opened, where the number alone does not say it. */
  label?: string;
  children: ReactNode;
}) {
  const back = useHere();
  if (n === 0 || !opensRows(scope, figure)) return children;
  return (
    <PageLink
      href={rowsBehind(scope, figure, { narrowed, back })}
      aria-label={label}
      title="Open the rows behind it"
      className={numberLook}
    >
      {children}
    </PageLink>
  );
}
