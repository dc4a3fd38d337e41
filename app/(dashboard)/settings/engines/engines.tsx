"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { enginesQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import { EngineForm } from "./engine-form";
import { EngineItem } from "./engine-item";

/** Prometheus-compatible engines outside, and whether they answer. */
export function Engines() {
  const { can } = useViewer();
  const query = useQuery(enginesQuery());
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead title="Engines">
        {can.admin && !adding && (
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden="true" size={14} /> Add an engine
          </Button>
        )}
      </PageHead>
      {!can.admin && <Note>Engines are set up by admins of the instance.</Note>}
      {adding && (
        <Card title="Add an engine" edge="accent">
          <EngineForm onSaved={() => setAdding(false)} onCancel={() => setAdding(false)} />
        </Card>
      )}
      <Card padded={false}>
        <div className="px-3.5">
          <Answered query={query} lines={4}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No engines yet">
                  Name a Prometheus, Thanos, Mimir or VictoriaMetrics with its address, and check
                  that it answers Pushline. Graphs are drawn from what is sent here.
                </Empty>
              ) : (
                <ul className="divide-y divide-grid">
                  {items.map((engine) => (
                    <EngineItem key={engine.name} engine={engine} mayManage={can.admin} />
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
