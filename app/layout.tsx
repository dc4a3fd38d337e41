import "@fontsource-variable/inter";
import "@/app/globals.css";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { keptTimezone } from "@/app/_server/address";
import { requestNow } from "@/app/_server/request-now";
import { Providers } from "@/app/_shell/providers";
import type { Theme } from "@/app/_shell/theme-switch";
import { TopBar } from "@/app/_shell/top-bar";

export const metadata: Metadata = {
  title: { default: "Pushline", template: "%s · Pushline" },
  description: "Every deployment as a line over the graphs of the services it touched.",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = readTheme(jar.get("pushline_theme")?.value);
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body>
        <Providers now={requestNow()} timezone={await keptTimezone()}>
          <a
            href="#main"
            className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-3"
          >
            Skip to the page
          </a>
          <TopBar theme={theme} />
          <main id="main" className="mx-auto max-w-[1600px] px-4 py-3">
            {children}
          </main>
        </Providers>
      </body>
    </html>
  );
}

function readTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
