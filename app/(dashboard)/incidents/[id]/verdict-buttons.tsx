"use client";

import { Check, CircleSlash, Undo2, X } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";
import type { Suspects } from "./use-suspects";
import { isConfirmed, isRejected } from "./verdict";

/** A person's word outranks the model, and the metrics follow it at once. */
export function VerdictButtons({ suspects }: { suspects: Suspects }) {
  const { answer, selected, saving, mayJudge } = suspects;
  if (!answer || !selected) return null;
  if (!mayJudge)
    return (
      <p className="mt-3 text-muted">
        Editors of this Pushline or of the service's team say whether this is the cause.
      </p>
    );
  const isChange = selected.kind !== "none";
  return (
    <fieldset
      disabled={saving}
      aria-label="Verdict"
      data-control
      className="mt-3 flex flex-wrap gap-2"
    >
      {!isConfirmed(answer.verdict, selected) && (
        <Button onClick={suspects.confirm}>
          <Check aria-hidden="true" size={14} className="text-good" />
          {isChange ? "This is the cause" : "No change did it"} <Key>Y</Key>
        </Button>
      )}
      {isChange && !isRejected(answer.verdict, selected) && (
        <Button onClick={suspects.reject}>
          <X aria-hidden="true" size={14} className="text-bad" /> Not this one <Key>X</Key>
        </Button>
      )}
      {isChange && answer.verdict?.verdict !== "none" && (
        <Button onClick={suspects.noChange}>
          <CircleSlash aria-hidden="true" size={14} /> No change did it <Key>N</Key>
        </Button>
      )}
      {answer.verdict && (
        <Button look="quiet" onClick={suspects.undo} className="ml-auto">
          <Undo2 aria-hidden="true" size={14} /> Undo the verdict <Key>U</Key>
        </Button>
      )}
    </fieldset>
  );
}
