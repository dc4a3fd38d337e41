import "@fontsource-variable/inter";
import "@/app/globals.css";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { keptTheme } from "@/app/_server/theme";

export const metadata: Metadata = {
  title: { default: "Pushline", template: "%s · Pushline" },
  description: "Every deployment as a line over the graphs of the services it touched.",
};

/** Nothing here tells of the instance: this much is drawn for whoever comes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await keptTheme();
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body>
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-3"
        >
          Skip to the page
        </a>
        {children}
      </body>
    </html>
  );
}
