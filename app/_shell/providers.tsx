"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { QueryProvider } from "@/app/_query/provider";
import { Toasts } from "@/app/_ui/toasts";
import { ClockProvider } from "@/app/_window/clock";
import { TimezoneProvider } from "@/app/_window/timezone";
import { WeekStartProvider } from "@/app/_window/week-start";
import type { WeekStart } from "@/app/_window/week-start-name";

export function Providers({
  now,
  timezone,
  weekStart,
  children,
}: {
  now: number;
  timezone: string;
  weekStart: WeekStart;
  children: ReactNode;
}) {
  return (
    <NuqsAdapter>
      <ClockProvider now={now}>
        <TimezoneProvider initial={timezone}>
          <WeekStartProvider initial={weekStart}>
            <QueryProvider>
              <Toasts>{children}</Toasts>
            </QueryProvider>
          </WeekStartProvider>
        </TimezoneProvider>
      </ClockProvider>
    </NuqsAdapter>
  );
}
