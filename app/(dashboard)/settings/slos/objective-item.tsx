"use client";

import { useState } from "react";
import { deleteAnswer } from "@/app/_query/answer";
import { Provisioned } from "@/app/_settings/provisioned";
import { useSending } from "@/app/_settings/use-sending";
import { indicatorNames, objectiveWords, scopeKind, scopeName, sloHref } from "@/app/_slos/naming";
import { Button } from "@/app/_ui/button";
import { ConfirmButton } from "@/app/_ui/confirm";
import { announce } from "@/app/_ui/toasts";
import { PageLink } from "@/app/_window/page-link";
import type { ObjectiveAnswer } from "@/lib/http/slo-answers";
import { ObjectiveForm, stale } from "./objective-form";

export function ObjectiveItem({
  objective,
  mayManage,
}: {
  objective: ObjectiveAnswer;
  mayManage: boolean;
}) {
  const { id, indicator, scope, thresholdSeconds, origin, provisioned } = objective;
  const [editing, setEditing] = useState(false);
  const name = `${indicatorNames[indicator]} of ${scopeKind(scope)} ${scopeName(scope)}`;
  const remove = useSending(
    () => deleteAnswer(`/api/v1/objectives/${encodeURIComponent(id)}`),
    stale,
    () => announce(`What was set for ${name} is taken back.`),
  );
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        <h2>
          {indicatorNames[indicator]}{" "}
          <span className="font-normal text-muted">
            of {scopeKind(scope)} {scopeName(scope)}
          </span>
        </h2>
        {provisioned && <Provisioned />}
        {mayManage && !provisioned && (
          <div className="ml-auto flex flex-wrap gap-1" data-control>
            <Button
              look="quiet"
              aria-label={`Change ${name}`}
              aria-expanded={editing}
              onClick={() => setEditing(!editing)}
            >
              Change
            </Button>
            {origin === "settings" && (
              <ConfirmButton
                label={`Take back ${name}`}
                title={`Take back ${name}?`}
                words="What holds in a wider scope, or is usual, holds here again."
                action="Take it back"
                onConfirm={() => remove.mutateAsync(undefined)}
              >
                Take back
              </ConfirmButton>
            )}
          </div>
        )}
      </div>
      <p className="mt-0.5">
        {thresholdSeconds === null ? (
          "switched off"
        ) : (
          <PageLink href={sloHref(id)} className="link">
            {objectiveWords({ ...objective, thresholdSeconds })}
          </PageLink>
        )}
        {origin === "default" && <span className="text-muted">, the usual objective</span>}
      </p>
      {editing && (
        <div className="mt-2 border-t border-grid pt-3">
          <ObjectiveForm
            objective={objective}
            onSaved={() => setEditing(false)}
            onCancel={() => setEditing(false)}
          />
        </div>
      )}
    </li>
  );
}
