"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

/** One ticking clock for the page; the server's moment stands in until the browser has taken over. */
const ServerNow = createContext(0);

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export function ClockProvider({ now, children }: { now: number; children: ReactNode }) {
  return <ServerNow value={now}>{children}</ServerNow>;
}

/** Epoch milliseconds, in whole steps: the component renders again once a step. */
export function useNow(stepMilliseconds = 1_000): number {
  const serverNow = useContext(ServerNow);
  const whole = (at: number) => Math.floor(at / stepMilliseconds) * stepMilliseconds;
  return useSyncExternalStore(
    subscribe,
    () => whole(Date.now()),
    () => whole(serverNow),
  );
}
