"use client";

import type { ReactNode } from "react";
import type { Figure as FigureName, Scope } from "@/app/_figures/figures";
import { RowsLink } from "@/app/_figures/rows-link";
import { Figure } from "@/app/_ui/figure";
import { formatCount } from "@/app/_ui/format";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import type { Level } from "@/lib/metrics/levels";
import { GoalLabel } from "./goal-label";
import { LevelLabel } from "./level-label";

/** One of the five, opening to its rows; beside it what it was, below it what it is made of. */
export function Metric({
  name,
  value,
  unit,
  figure,
  n,
  scope,
  was,
  level,
  goal,
  children,
}: {
  name: string;
  value: string;
  unit?: string;
  figure: FigureName;
  /** The rows that the value opens to. */
  n: number;
  scope: Scope;
  was: { scope: Scope; n: number; rows?: number; text: string } | undefined;
  level: { year: number; level: Level | null } | null;
  goal: GoalAnswer | null;
  children: ReactNode;
}) {
  return (
    <Figure
      name={name}
      value={
        <RowsLink scope={scope} figure={figure} n={n} label={`${name}: ${value}`}>
          {value}
        </RowsLink>
      }
      beside={
        <>
          {unit}
          {/* Nothing is said of a period before in which there was nothing. */}
          {was && was.n > 0 && (
            <>
              {unit && ", "}was{" "}
              <RowsLink
                scope={was.scope}
                figure={figure}
                n={was.rows ?? was.n}
                label={`${name} in the period before: ${was.text}`}
              >
                {was.text}
              </RowsLink>{" "}
              <span className="whitespace-nowrap">(n {formatCount(was.n)})</span>
            </>
          )}
        </>
      }
      below={
        <>
          {children}
          {level && <LevelLabel {...level} />}
          {goal && <GoalLabel goal={goal} />}
        </>
      }
    />
  );
}
