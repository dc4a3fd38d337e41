"use client";

import { Pill, type Tone } from "@/app/_ui/pill";
import { PageLink } from "@/app/_window/page-link";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { courseWords, goalWords } from "./goals";

const tones: Record<GoalAnswer["course"], Tone> = {
  reached: "good",
  on_course: "good",
  behind: "warning",
  missed: "bad",
  unknown: "plain",
};

/** What the team set out to reach, by when, and how it stands by the last 28 days. */
export function GoalLabel({ goal }: { goal: GoalAnswer }) {
  return (
    <span className="mt-1 block">
      <PageLink
        href="/settings/goals"
        title="By the last 28 days, against the straight line to the goal"
      >
        <Pill tone={tones[goal.course]}>
          Goal {goalWords(goal)} by {goal.by}: {courseWords[goal.course]}
        </Pill>
      </PageLink>
    </span>
  );
}
