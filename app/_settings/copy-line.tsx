"use client";

import { CommandLine, useCopy } from "@/app/_ui/copy";

/** A line, or a whole block, to be copied and pasted elsewhere. */
export function CopyLine({ value }: { value: string }) {
  const { copied, copy } = useCopy();
  return <CommandLine command={value} copied={copied} onCopy={() => void copy(value)} />;
}
