"use client";

import { parseAsString, useQueryState } from "nuqs";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { isTimezone } from "@/app/_window/timezone-name";

const ViewerTimezone = createContext("UTC");

/**
 * The zone that times are read in: the address's, else the browser's. The
 * browser's is kept in a cookie, so that the server's next page agrees with it.
 */
export function TimezoneProvider({ initial, children }: { initial: string; children: ReactNode }) {
  const [timezone, setTimezone] = useState(initial);
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
    if (own === initial) return;
    setTimezone(own);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve.
    document.cookie = `pushline_timezone=${encodeURIComponent(own)}; Path=/; Max-Age=31536000; SameSite=Lax`;
  }, [initial]);
  return <ViewerTimezone value={timezone}>{children}</ViewerTimezone>;
}

export function useTimezone(): {
  timezone: string;
  own: string;
  chooseTimezone(timezone: string | null): void;
} {
  const own = useContext(ViewerTimezone);
  const [named, setNamed] = useQueryState("timezone", parseAsString);
  return {
    timezone: named && isTimezone(named) ? named : own,
    own,
    chooseTimezone: (next) => void setNamed(next === own ? null : next),
  };
}
