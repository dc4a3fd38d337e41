"use client";

import { useState } from "react";
import { deleteAnswer, postAnswer } from "@/app/_query/answer";
import { Below, ChangeButton, Item } from "@/app/_settings/item";
import { useSending } from "@/app/_settings/use-sending";
import { Button } from "@/app/_ui/button";
import { ConfirmButton } from "@/app/_ui/confirm";
import { formatSeconds } from "@/app/_ui/format";
import { Note } from "@/app/_ui/note";
import { Failure } from "@/app/_ui/states";
import { announce } from "@/app/_ui/toasts";
import type { EngineAnswer, EngineCheckAnswer } from "@/lib/http/settings-answers";
import { EngineForm } from "./engine-form";

export function EngineItem({ engine, mayManage }: { engine: EngineAnswer; mayManage: boolean }) {
  const { name, url, hasCredential, provisioned } = engine;
  const path = `/api/v1/engines/${encodeURIComponent(name)}`;
  const [editing, setEditing] = useState(false);
  const check = useSending(() => postAnswer<EngineCheckAnswer>(`${path}/check`), []);
  const remove = useSending(
    () => deleteAnswer(path),
    ["/api/v1/engines"],
    () => announce(`${name} is removed.`),
  );
  return (
    <Item
      title={name}
      provisioned={provisioned}
      actions={
        mayManage && (
          <>
            <Button
              look="quiet"
              aria-label={`Check ${name}`}
              disabled={check.isPending}
              onClick={() => check.mutate(undefined)}
            >
              {check.isPending ? "Asking" : "Check"}
            </Button>
            {!provisioned && (
              <>
                <ChangeButton name={name} editing={editing} onToggle={() => setEditing(!editing)} />
                <ConfirmButton
                  label={`Remove ${name}`}
                  title={`Remove ${name}?`}
                  words="Pushline forgets its address and its credential. What it holds stays with it."
                  action="Remove it"
                  onConfirm={() => remove.mutateAsync(undefined)}
                >
                  Remove
                </ConfirmButton>
              </>
            )}
          </>
        )
      }
    >
      <p className="mt-0.5">
        <code className="font-mono text-sm [overflow-wrap:anywhere]">{url}</code>{" "}
        <span className="text-muted">{hasCredential ? "with a credential" : "no credential"}</span>
      </p>
      <div role="status" className="empty:hidden">
        {check.data && (
          <div className="mt-2">
            <Checked name={name} answer={check.data} />
          </div>
        )}
      </div>
      {check.error && <Failure error={check.error} />}
      {editing && (
        <Below>
          <EngineForm
            engine={engine}
            onSaved={() => setEditing(false)}
            onCancel={() => setEditing(false)}
          />
        </Below>
      )}
    </Item>
  );
}

function Checked({
  name,
  answer: { ok, version, problem, seconds },
}: {
  name: string;
  answer: EngineCheckAnswer;
}) {
  if (ok)
    return (
      <Note tone="good">
        {name} answered in {formatSeconds(seconds)}
        {version ? `; it is version ${version}` : "; it does not tell its version"}.
      </Note>
    );
  return (
    <Note tone="warning">
      {problem?.detail ?? `${name} did not answer as an engine would.`}{" "}
      {problem && <code className="font-mono text-sm text-muted">{problem.code}</code>}
    </Note>
  );
}
