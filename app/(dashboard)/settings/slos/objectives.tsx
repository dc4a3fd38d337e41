"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { objectivesQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { ObjectiveForm } from "./objective-form";
import { ObjectiveItem } from "./objective-item";

/** What the SLOs are held to: the narrowest objective holds, a service before its team before everything. */
export function Objectives() {
  const { can } = useViewer();
  const query = useQuery(objectivesQuery());
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead title="Objectives">
        {can.manage && !adding && (
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden="true" size={14} /> Set an objective
          </Button>
        )}
      </PageHead>
      {!can.manage && <Note>Objectives are set by admins of a team or of the instance.</Note>}
      {adding && (
        <Card title="Set an objective" edge="accent">
          <ObjectiveForm onSaved={() => setAdding(false)} onCancel={() => setAdding(false)} />
        </Card>
      )}
      <Card padded={false}>
        <div className="px-3.5">
          <Answered query={query} lines={6}>
            {({ items }) => (
              <ul className="divide-y divide-grid">
                {items.map((objective) => (
                  <ObjectiveItem key={objective.id} objective={objective} mayManage={can.manage} />
                ))}
              </ul>
            )}
          </Answered>
        </div>
      </Card>
    </>
  );
}
