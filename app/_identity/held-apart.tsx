"use client";

import type { ReactNode } from "react";
import { useSeparation, type Whole } from "@/app/_identity/use-separation";
import { ConfirmButton } from "@/app/_ui/confirm";
import { Ago } from "@/app/_window/moment";

interface Held {
  whole: Whole;
  /** The report's own id. */
  member: string;
  /** What tells the report from the others. */
  name: string;
  word: { actor: string; at: string; note: string | null };
  mayWrite: boolean;
}

/** Who holds a report apart, since when and why; whoever may judge takes it back. */
export function HeldApart({ whole, member, name, word, mayWrite }: Held) {
  const { mutateAsync } = useSeparation(whole);
  return (
    <p className="flex flex-wrap items-center gap-x-2">
      <span className="min-w-0 [overflow-wrap:anywhere]">
        held apart by <b className="font-semibold">{word.actor}</b>, <Ago at={word.at} />
        {word.note && <>: “{word.note}”</>}
      </span>
      {mayWrite && (
        <ConfirmButton
          label={`Take it back: ${name}`}
          title="Take it back?"
          words={`${name} is joined again with what the rule joins it with, and counts with it as one ${whole.kind}.`}
          action="Join it again"
          onConfirm={() => mutateAsync({ member, apart: false, note: null })}
        >
          Take it back
        </ConfirmButton>
      )}
    </p>
  );
}

/** What a person holds apart from the whole, under it. */
export function HeldApartList({ children }: { children: ReactNode }) {
  return (
    <>
      <h3 className="border-t border-grid px-3.5 pt-2 text-sm text-muted">Held apart from it</h3>
      <ul aria-label="Held apart from it" className="pb-1.5">
        {children}
      </ul>
    </>
  );
}
