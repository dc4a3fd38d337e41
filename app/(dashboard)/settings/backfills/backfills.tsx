"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { backfillsQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import { BackfillItem } from "./backfill-item";
import { FromClone } from "./from-clone";
import { StartBackfill } from "./start-backfill";

/** While one is under way it counts up by itself. */
const freshMilliseconds = 2_000;

/** What happened before Pushline was there, fetched from an API or told by a clone. */
export function Backfills() {
  const { can } = useViewer();
  if (can.admin) return <ForAdmins />;
  return (
    <>
      <PageHead title="Backfills" />
      <Note>History is fetched by admins of the instance. What came of it stands everywhere.</Note>
    </>
  );
}

function ForAdmins() {
  const query = useQuery({
    ...backfillsQuery(),
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.state === "running") ? freshMilliseconds : false,
  });
  const [starting, setStarting] = useState(false);
  return (
    <>
      <PageHead title="Backfills">
        {!starting && (
          <Button look="primary" onClick={() => setStarting(true)}>
            <Plus aria-hidden="true" size={14} /> Fetch a history
          </Button>
        )}
      </PageHead>
      {starting && (
        <Card title="Fetch a history" edge="accent">
          <StartBackfill onStarted={() => setStarting(false)} onCancel={() => setStarting(false)} />
        </Card>
      )}
      <Card padded={false}>
        <div className="px-3.5">
          <Answered query={query} lines={5}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="Nothing was fetched yet">
                  Deployments have their changes and lead times once the commits before them are
                  known: fetch a repository's history, and go on by webhooks.
                </Empty>
              ) : (
                <ul className="divide-y divide-grid">
                  {items.map((backfill) => (
                    <BackfillItem key={backfill.id} backfill={backfill} />
                  ))}
                </ul>
              )
            }
          </Answered>
        </div>
      </Card>
      <FromClone />
    </>
  );
}
