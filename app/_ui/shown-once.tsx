"use client";

import type { ReactNode } from "react";
import { CommandLine, useCopy } from "@/app/_ui/copy";
import { Note } from "@/app/_ui/note";

/** Something secret that will never be shown again, to be copied now. */
export function ShownOnce({ value, children }: { value: string; children: ReactNode }) {
  const { copied, copy } = useCopy();
  return (
    <div className="space-y-2">
      <Note tone="warning" role="status">
        {children}
      </Note>
      <CommandLine command={value} copied={copied} onCopy={() => void copy(value)} />
    </div>
  );
}
