"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { serviceRulesQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import { RuleForm } from "./rule-form";
import { RuleItem } from "./rule-item";

/** By what rules a deployment, an alert or a change is a service's. */
export function ServiceRules() {
  const { can } = useViewer();
  const query = useQuery(serviceRulesQuery());
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead title="Services">
        {can.manage && !adding && (
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden="true" size={14} /> Add a service
          </Button>
        )}
      </PageHead>
      {!can.manage && (
        <Note>
          Rules are set by admins: of the instance for every service, of a team for its own.
        </Note>
      )}
      {adding && (
        <Card title="Add a service" edge="accent">
          <RuleForm onSaved={() => setAdding(false)} onCancel={() => setAdding(false)} />
        </Card>
      )}
      <Card padded={false}>
        <div className="px-3.5">
          <Answered query={query} lines={6}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No rules yet">
                  What no rule names goes by the name that its sender gives it, or by its
                  repository. Add a service to give it a team, what it depends on, or its part of a
                  monorepo.
                </Empty>
              ) : (
                <ul className="divide-y divide-grid">
                  {items.map((rule) => (
                    <RuleItem key={rule.name} rule={rule} />
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
