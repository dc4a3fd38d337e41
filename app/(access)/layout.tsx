import type { ReactNode } from "react";
import { keptTheme } from "@/app/_server/theme";
import { Mark } from "@/app/_shell/mark";
import { ThemeSwitch } from "@/app/_shell/theme-switch";
import { AccessProvider } from "./access-provider";

/** What stands before the instance: none of its data, and no line to it. */
export default async function AccessLayout({ children }: { children: ReactNode }) {
  return (
    <AccessProvider>
      <header className="flex items-center px-4 py-2">
        <span className="mr-auto flex items-center gap-1.5 text-lg font-bold tracking-tight">
          <Mark /> Pushline
        </span>
        <ThemeSwitch initial={await keptTheme()} />
      </header>
      <main id="main" className="mx-auto w-full max-w-md px-4 pt-[8dvh] pb-10">
        {children}
      </main>
    </AccessProvider>
  );
}
