"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { postAnswer, putAnswer } from "@/app/_query/answer";
import { teamsQuery } from "@/app/_query/queries";
import { useSending } from "@/app/_settings/use-sending";
import { managesTeam, useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { SelectField, TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { Note } from "@/app/_ui/note";
import { announce } from "@/app/_ui/toasts";
import type { GoalAnswer } from "@/lib/http/goal-answers";
import { measures, metrics, targetOf, writtenOf } from "./measures";

type Metric = GoalAnswer["metric"];

/** A goal for one of the teams that the viewer may set up. */
export function AddGoal({ onDone }: { onDone: () => void }) {
  const viewer = useViewer();
  const query = useQuery(teamsQuery());
  const [metric, setMetric] = useState<Metric>("lead_time");
  const { mutate, isPending, error } = useSending(
    (values: FormData) =>
      postAnswer("/api/v1/goals", { team: values.get("team"), metric, ...aimOf(metric, values) }),
    ["/api/v1/goals"],
    () => {
      announce("The goal is set.");
      onDone();
    },
  );
  return (
    <Answered query={query} lines={5}>
      {({ items }) => {
        const teams = items.filter(({ name }) => managesTeam(viewer, name));
        if (teams.length === 0)
          return <Note>There is no team that you may set up. Goals are a team's.</Note>;
        return (
          <Form error={error} onSend={mutate} className="max-w-xl">
            <SelectField name="team" label="Team">
              {teams.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </SelectField>
            <SelectField
              name="metric"
              label="Metric"
              value={metric}
              onChange={(event) =>
                setMetric(metrics.find((each) => each === event.target.value) ?? metric)
              }
            >
              {metrics.map((each) => (
                <option key={each} value={each}>
                  {measures[each].name}
                </option>
              ))}
            </SelectField>
            <Aim metric={metric} />
            <FormEnd error={error} pending={isPending} onCancel={onDone}>
              Set the goal
            </FormEnd>
          </Form>
        );
      }}
    </Answered>
  );
}

export function ChangeGoal({ goal, onDone }: { goal: GoalAnswer; onDone: () => void }) {
  const { mutate, isPending, error } = useSending(
    (values: FormData) =>
      putAnswer(`/api/v1/goals/${encodeURIComponent(goal.id)}`, aimOf(goal.metric, values)),
    ["/api/v1/goals"],
    () => {
      announce("The goal is changed.");
      onDone();
    },
  );
  return (
    <Form error={error} onSend={mutate} className="max-w-xl">
      <Aim metric={goal.metric} goal={goal} />
      <FormEnd error={error} pending={isPending} onCancel={onDone}>
        Save
      </FormEnd>
    </Form>
  );
}

/** How much, and by when. */
function Aim({ metric, goal }: { metric: Metric; goal?: GoalAnswer }) {
  return (
    <>
      <TextField
        name="target"
        label={measures[metric].asked}
        type="number"
        step="any"
        min="0"
        required
        defaultValue={goal && writtenOf(goal)}
      />
      <TextField
        name="by"
        label="By"
        type="date"
        required
        defaultValue={goal?.by}
        hint="To the end of that day in the team's zone."
      />
    </>
  );
}

function aimOf(metric: Metric, values: FormData): { target: number; by: string } {
  return { target: targetOf(metric, String(values.get("target"))), by: String(values.get("by")) };
}
