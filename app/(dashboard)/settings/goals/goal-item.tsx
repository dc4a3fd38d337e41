"use client";

import { useState } from "react";
import { deleteAnswer } from "@/app/_query/answer";
import { Below, ChangeButton, Item } from "@/app/_settings/item";
import { useSending } from "@/app/_settings/use-sending";
import { managesTeam, useViewer } from "@/app/_shell/viewer";
import { ConfirmButton } from "@/app/_ui/confirm";
import { formatCount } from "@/app/_ui/format";
import { Line } from "@/app/_ui/line";
import { Pill } from "@/app/_ui/pill";
import { announce } from "@/app/_ui/toasts";
import { PageLink } from "@/app/_window/page-link";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { ChangeGoal } from "./goal-form";
import { measures } from "./measures";

const courses = {
  reached: { words: "reached", tone: "good" },
  on_course: { words: "on course", tone: "good" },
  behind: { words: "behind", tone: "warning" },
  missed: { words: "missed", tone: "bad" },
  unknown: { words: "not known yet", tone: "plain" },
} as const;

export function GoalItem({ goal }: { goal: GoalAnswer }) {
  const { id, team, metric, target, by, provisioned, current, baseline, expected, course } = goal;
  const viewer = useViewer();
  const [editing, setEditing] = useState(false);
  const { name, format, of } = measures[metric];
  const called = `${name.toLowerCase()} of ${team}`;
  const { mutateAsync } = useSending(
    () => deleteAnswer(`/api/v1/goals/${encodeURIComponent(id)}`),
    ["/api/v1/goals"],
    () => announce("The goal is removed."),
  );
  return (
    <Item
      title={
        <>
          <PageLink href={`/trends?team=${encodeURIComponent(team)}`} className="link">
            {team}
          </PageLink>
          : {name}
        </>
      }
      beside={<Pill tone={courses[course].tone}>{courses[course].words}</Pill>}
      provisioned={provisioned}
      actions={
        !provisioned &&
        managesTeam(viewer, team) && (
          <>
            <ChangeButton name={called} editing={editing} onToggle={() => setEditing(!editing)} />
            <ConfirmButton
              label={`Remove ${called}`}
              title={`Remove the goal for the ${called}?`}
              words="It is drawn on the trends no longer."
              action="Remove it"
              onConfirm={() => mutateAsync(undefined)}
            >
              Remove
            </ConfirmButton>
          </>
        )
      }
    >
      <dl className="mt-1 flex flex-wrap gap-x-8 gap-y-1.5">
        <Line name="Goal">
          {format(target)} by {by}
        </Line>
        <Line name="Last 28 days">
          {format(current.value)}{" "}
          <span className="text-muted">
            of {formatCount(current.n)} {of}
          </span>
        </Line>
        {expected !== null && <Line name="By its line it should be">{format(expected)}</Line>}
        {baseline.value !== null && <Line name="When it was set">{format(baseline.value)}</Line>}
      </dl>
      {editing && (
        <Below>
          <ChangeGoal goal={goal} onDone={() => setEditing(false)} />
        </Below>
      )}
    </Item>
  );
}
