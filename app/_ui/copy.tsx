"use client";

import { Check, Copy } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";

/** Copies, and says so for two seconds. */
export function useCopy(): { copied: boolean; copy(text: string): Promise<void> } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = useCallback(async (text: string) => {
    await writeClipboard(text);
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 2_000);
  }, []);
  return { copied, copy };
}

export function CommandLine({
  command,
  shortcut,
  copied,
  onCopy,
}: {
  command: string;
  shortcut?: string;
  copied: boolean;
  onCopy: () => void;
}) {
  return (
    <div className="flex items-center gap-3 rounded-md bg-code py-2 pr-2 pl-3 text-code-ink">
      <code className="min-w-0 flex-1 font-mono text-sm [overflow-wrap:anywhere] whitespace-pre-wrap">
        {command}
      </code>
      <Button look="primary" onClick={onCopy} className="shrink-0">
        {copied ? <Check aria-hidden="true" size={14} /> : <Copy aria-hidden="true" size={14} />}
        <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
        {shortcut && <Key inherit>{shortcut}</Key>}
      </Button>
    </div>
  );
}

/** Served over plain HTTP on another host there is no clipboard API; a selection still copies. */
async function writeClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
