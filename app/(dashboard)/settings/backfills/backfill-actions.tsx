"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { ConfirmButton } from "@/app/_ui/confirm";
import { TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import type { BackfillAnswer } from "@/lib/backfill/backfill-answer";
import { useChange } from "./use-change";

/** What can be done with one that is not over. */
export function BackfillActions({
  backfill,
  change,
}: {
  backfill: BackfillAnswer;
  change: ReturnType<typeof useChange>;
}) {
  const { state, subject } = backfill;
  const [asking, setAsking] = useState(false);
  if (state === "done" || state === "stopped") return null;
  const isRunning = state === "running";
  return (
    <>
      <div className="ml-auto flex flex-wrap gap-1" data-control>
        <Button
          look="quiet"
          aria-label={`${isRunning ? "Pause" : "Go on with"} ${subject}`}
          disabled={change.isPending}
          onClick={() => change.mutate({ state: isRunning ? "paused" : "running" })}
        >
          {isRunning ? "Pause" : "Go on"}
        </Button>
        <Button
          look="quiet"
          aria-label={`Give ${subject} another token`}
          aria-expanded={asking}
          onClick={() => setAsking(!asking)}
        >
          Another token
        </Button>
        <ConfirmButton
          label={`Stop ${subject}`}
          title={`Stop fetching ${subject}?`}
          words="What was fetched stays, and its token is forgotten. It can be begun anew, and then asks only for what is not there yet."
          action="Stop it"
          onConfirm={() => change.mutateAsync({ state: "stopped" })}
        >
          Stop
        </ConfirmButton>
      </div>
      {asking && <AnotherToken backfill={backfill} onClose={() => setAsking(false)} />}
    </>
  );
}

function AnotherToken({ backfill, onClose }: { backfill: BackfillAnswer; onClose: () => void }) {
  const { mutate, isPending, error } = useChange(backfill, onClose);
  return (
    <Form
      error={error}
      onSend={(values) => mutate({ state: "running", token: String(values.get("token")) })}
      className="w-full max-w-xl border-t border-grid pt-3"
    >
      <TextField name="token" label="Token" type="password" required autoComplete="off" />
      <FormEnd error={error} pending={isPending} onCancel={onClose}>
        Go on with it
      </FormEnd>
    </Form>
  );
}
