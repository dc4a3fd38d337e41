"use client";

import { useState } from "react";
import { deleteAnswer } from "@/app/_query/answer";
import { Below, ChangeButton, Item } from "@/app/_settings/item";
import { useSending } from "@/app/_settings/use-sending";
import { indicatorNames, objectiveWords, scopeKind, scopeName, sloHref } from "@/app/_slos/naming";
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
    <Item
      title={
        <>
          {indicatorNames[indicator]}{" "}
          <span className="font-normal text-muted">
            of {scopeKind(scope)} {scopeName(scope)}
          </span>
        </>
      }
      provisioned={provisioned}
      actions={
        mayManage &&
        !provisioned && (
          <>
            <ChangeButton name={name} editing={editing} onToggle={() => setEditing(!editing)} />
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
          </>
        )
      }
    >
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
        <Below>
          <ObjectiveForm
            objective={objective}
            onSaved={() => setEditing(false)}
            onCancel={() => setEditing(false)}
          />
        </Below>
      )}
    </Item>
  );
}
