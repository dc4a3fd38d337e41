"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { QueryProvider } from "@/app/_query/provider";
import { Toasts } from "@/app/_ui/toasts";
import { ClockProvider } from "@/app/_window/clock";
import { TimezoneProvider } from "@/app/_window/timezone";

export function Providers({
  now,
  timezone,
  children,
}: {
  now: number;
  timezone: string;
  children: ReactNode;
}) {
  return (
    <NuqsAdapter>
      <ClockProvider now={now}>
        <TimezoneProvider initial={timezone}>
          <QueryProvider>
            <Toasts>{children}</Toasts>
          </QueryProvider>
        </TimezoneProvider>
      </ClockProvider>
    </NuqsAdapter>
  );
}
