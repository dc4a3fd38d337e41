"use client";

import { Button } from "@/app/_ui/button";
import { Note } from "@/app/_ui/note";
import { Moment } from "@/app/_window/moment";

/** Says that what is shown is not how things stand now. */
export function AsOf({ at, onNow }: { at: string; onNow: () => void }) {
  return (
    <Note>
      As it stood at <Moment at={at} style="full" />.{" "}
      <span data-control>
        <Button look="quiet" onClick={onNow}>
          Show now
        </Button>
      </span>
    </Note>
  );
}
