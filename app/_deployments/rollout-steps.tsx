"use client";

import { classNames } from "@/app/_ui/class-names";
import { formatSeconds } from "@/app/_ui/format";
import { useNow } from "@/app/_window/clock";
import { Moment } from "@/app/_window/moment";
import type { DeploymentAnswer } from "@/lib/http/answers";

interface Step {
  name: string;
  at: string | null;
  state: "done" | "now" | "ahead";
}

/** Queued, started, each share of the traffic or instances, finished: done, now, ahead. */
export function RolloutSteps({ deployment }: { deployment: DeploymentAnswer }) {
  const now = useNow();
  return (
    <ol aria-label="Rollout" className="mt-3 flex gap-1">
      {stepsOf(deployment).map(({ name, at, state }) => (
        <li
          key={name}
          aria-current={state === "now" ? "step" : undefined}
          className={classNames(
            "min-w-0 flex-1 border-t-4 pt-1",
            state === "done" && "border-good",
            state === "now" && "border-accent font-semibold",
            state === "ahead" && "border-line text-muted",
          )}
        >
          <span className="block truncate">{name}</span>
          <span className="block truncate text-sm font-normal text-muted">
            {state === "now" && at && formatSeconds(Math.floor((now - Date.parse(at)) / 1_000))}
            {state === "done" && <Moment at={at} style="time" />}
          </span>
        </li>
      ))}
    </ol>
  );
}

function stepsOf({ queuedAt, startedAt, finishedAt, steps }: DeploymentAnswer): Step[] {
  const reached: Omit<Step, "state">[] = [];
  if (queuedAt) reached.push({ name: "Queued", at: queuedAt });
  if (startedAt) reached.push({ name: "Started", at: startedAt });
  for (const { percent, at } of [...steps].sort((a, b) => a.at.localeCompare(b.at)))
    reached.push({ name: `${percent} %`, at });
  const whole = steps.some(({ percent }) => percent >= 100);
  const ahead =
    finishedAt === null && !whole && steps.length > 0 ? ["100 %", "Finished"] : ["Finished"];
  return [
    ...reached.map((step, index): Step => {
      const isNow = finishedAt === null && index === reached.length - 1;
      return { ...step, state: isNow ? "now" : "done" };
    }),
    ...(finishedAt === null
      ? ahead.map((name): Step => ({ name, at: null, state: "ahead" }))
      : [{ name: "Finished", at: finishedAt, state: "done" } as const]),
  ];
}
