import { z } from "zod";
import { listGoals } from "@/lib/goals/list-goals";
import { removeGoal } from "@/lib/goals/remove-goal";
import { addGoal, changeGoal, goalBody, goalChange } from "@/lib/goals/save-goal";
import { namesField } from "@/lib/http/fields";
import { goalAnswer, goalsAnswer } from "@/lib/http/goal-answers";
import { route } from "@/lib/http/route";

const parameters = z.object({ id: z.string() });

export const listGoalsRoute = route({
  operation: "listGoals",
  method: "GET",
  path: "/api/v1/goals",
  summary: "The teams' goals, and where each team stands",
  access: "read",
  side: "next",
  query: z.strictObject({ team: namesField.optional() }),
  answer: goalsAnswer,
  run: (context, { query }) => listGoals(context, query),
});

export const addGoalRoute = route({
  operation: "addGoal",
  method: "POST",
  path: "/api/v1/goals",
  summary: "Sets a team's goal for a metric",
  access: "manage",
  side: "next",
  body: goalBody,
  answer: goalAnswer,
  status: 201,
  run: (context, { body }) => addGoal(context, body),
});

export const changeGoalRoute = route({
  operation: "changeGoal",
  method: "PUT",
  path: "/api/v1/goals/{id}",
  summary: "Changes a goal's target or date",
  access: "manage",
  side: "next",
  parameters,
  body: goalChange,
  answer: goalAnswer,
  run: (context, { parameters: { id }, body }) => changeGoal(context, id, body),
});

export const removeGoalRoute = route({
  operation: "removeGoal",
  method: "DELETE",
  path: "/api/v1/goals/{id}",
  summary: "Removes a goal",
  access: "manage",
  side: "next",
  parameters,
  answer: z.object({ id: z.string() }),
  run: (context, { parameters: { id } }) => removeGoal(context, id),
});
