"use client";

import { useSyncExternalStore } from "react";

/** Where this page was read from, for lines to copy; a stand-in until the browser knows. */
export function useOrigin(): string {
  return useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => "http://127.0.0.1:3000",
  );
}
