"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { sourcesQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import type { Given } from "@/lib/sources/guide";
import { AddSource } from "./add-source";
import { Connect } from "./connect";
import { SourceItem } from "./source-item";

/** Figures of the last day move by themselves; the first delivery is told by the live line. */
const freshMilliseconds = 15_000;

/** What sends webhooks here, how each proves itself, and how it fares. */
export function Sources() {
  const { can } = useViewer();
  if (!can.admin)
    return (
      <>
        <PageHead title="Sources" />
        <Note>
          Sources and their secrets are set up by admins of the instance. What arrived from them is
          under Deliveries.
        </Note>
      </>
    );
  return <ForAdmins />;
}

function ForAdmins() {
  const query = useQuery({ ...sourcesQuery(), refetchInterval: freshMilliseconds });
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<{ provider: string; given: Given } | null>(null);
  return (
    <>
      <PageHead title="Sources">
        {!adding && (
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden="true" size={14} /> Add a source
          </Button>
        )}
      </PageHead>
      {added && <Connect {...added} onClose={() => setAdded(null)} />}
      {adding && (
        <AddSource
          taken={query.data?.items.map(({ name }) => name) ?? []}
          onAdded={(provider, given) => {
            setAdded({ provider, given });
            setAdding(false);
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      <Card padded={false}>
        <div className="px-3.5">
          <Answered query={query} lines={6}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No sources yet">
                  Add the first one: where your code and pipelines live, as GitHub or GitLab, then
                  what alerts you, as Alertmanager or PagerDuty. What is not on the list comes by a
                  mapping, or as Pushline's own events.
                </Empty>
              ) : (
                <ul className="divide-y divide-grid">
                  {items.map((source) => (
                    <SourceItem key={source.name} source={source} />
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
