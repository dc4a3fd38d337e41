"use client";

import { parseAsString, useQueryState } from "nuqs";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { readWeekStart, type WeekStart } from "@/app/_window/week-start-name";

const OwnWeekStart = createContext<{ own: WeekStart; keep: (next: WeekStart) => void }>({
  own: "monday",
  keep: () => undefined,
});

/**
 * The day that weeks begin with: the address's, else what was chosen here the last
 * time. That is kept in a cookie, so that the server's next page agrees with it.
 */
export function WeekStartProvider({
  initial,
  children,
}: {
  initial: WeekStart;
  children: ReactNode;
}) {
  const [own, setOwn] = useState(initial);
  const value = useMemo(
    () => ({
      own,
      keep: (next: WeekStart) => {
        setOwn(next);
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve.
        document.cookie = `pushline_week_start=${next}; Path=/; Max-Age=31536000; SameSite=Lax`;
      },
    }),
    [own],
  );
  return <OwnWeekStart value={value}>{children}</OwnWeekStart>;
}

export function useWeekStart(): {
  weekStart: WeekStart;
  chooseWeekStart(weekStart: WeekStart): void;
} {
  const { own, keep } = useContext(OwnWeekStart);
  const [named, setNamed] = useQueryState("weekStart", parseAsString);
  return {
    weekStart: readWeekStart(named) ?? own,
    chooseWeekStart: (next) => {
      keep(next);
      void setNamed(null);
    },
  };
}
