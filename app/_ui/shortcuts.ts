"use client";

import { useEffect, useRef } from "react";

/** Single keys, or two pressed one after the other (`g s`), to what they do. */
export type Shortcuts = Record<string, (() => void) | undefined>;

const sequenceMilliseconds = 1_200;

/** Keys act on the page alone: not while typing, in a dialog, or together with Ctrl, Alt or Meta. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let first = { key: "", at: 0 };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.defaultPrevented || isElsewhere(event.target)) return;
      const pair =
        event.timeStamp - first.at < sequenceMilliseconds ? `${first.key} ${event.key}` : "";
      const act = latest.current[pair] ?? latest.current[event.key];
      // The first key of a pair waits: a single key's own meaning must not fire inside one.
      const opensPair = Object.keys(latest.current).some((keys) =>
        keys.startsWith(`${event.key} `),
      );
      first = opensPair ? { key: event.key, at: event.timeStamp } : { key: "", at: 0 };
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches("input, textarea, select") ||
    target.closest("[role=dialog], [role=listbox], [role=menu]") !== null
  );
}
