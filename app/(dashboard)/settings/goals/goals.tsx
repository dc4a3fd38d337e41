"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { goalsQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import { AddGoal } from "./goal-form";
import { GoalItem } from "./goal-item";

/** What each team wants of its metrics, by when, and how it stands. */
export function Goals() {
  const { can } = useViewer();
  const query = useQuery(goalsQuery());
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead title="Goals">
        {can.manage && !adding && (
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden="true" size={14} /> Add a goal
          </Button>
        )}
      </PageHead>
      {!can.manage && (
        <Note>A team's goals are set by its admins and by admins of the instance.</Note>
      )}
      {adding && (
        <Card title="Add a goal" edge="accent">
          <AddGoal onDone={() => setAdding(false)} />
        </Card>
      )}
      <Card padded={false}>
        <div className="px-3.5">
          <Answered query={query} lines={6}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No goals yet">
                  A goal says what a team wants one of its metrics to be, and by when. It is drawn
                  on the team's trends, and stands here with whether the team is on course.
                </Empty>
              ) : (
                <ul className="divide-y divide-grid">
                  {items.map((goal) => (
                    <GoalItem key={goal.id} goal={goal} />
                  ))}
                </ul>
              )
            }
          </Answered>
        </div>
      </Card>
    </>
  );
}
