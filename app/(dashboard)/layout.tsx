import type { ReactNode } from "react";
import { keptTimezone, keptWeekStart } from "@/app/_server/address";
import { requestNow } from "@/app/_server/request-now";
import { keptTheme } from "@/app/_server/theme";
import { admittedViewer } from "@/app/_server/viewer";
import { Providers } from "@/app/_shell/providers";
import { SessionEnded } from "@/app/_shell/session-ended";
import { TopBar } from "@/app/_shell/top-bar";
import { ViewerProvider } from "@/app/_shell/viewer";
import { WorkBanner } from "@/app/_shell/work-banner";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const viewer = await admittedViewer();
  return (
    <Providers now={requestNow()} timezone={await keptTimezone()} weekStart={await keptWeekStart()}>
      <ViewerProvider viewer={viewer}>
        <TopBar theme={await keptTheme()} />
        <WorkBanner />
        <SessionEnded />
        <main id="main" className="mx-auto max-w-[1600px] px-4 py-3">
          {children}
        </main>
      </ViewerProvider>
    </Providers>
  );
}
