"use client";

import { Search, Tv } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { KeyboardHelp } from "@/app/_shell/keyboard-help";
import { LiveIndicator } from "@/app/_shell/live-indicator";
import { Mark } from "@/app/_shell/mark";
import { Navigation } from "@/app/_shell/navigation";
import { Palette } from "@/app/_shell/palette";
import { places } from "@/app/_shell/places";
import { type Theme, ThemeSwitch } from "@/app/_shell/theme-switch";
import { TimezonePicker } from "@/app/_shell/timezone-picker";
import { useKiosk } from "@/app/_shell/use-kiosk";
import { UserMenu } from "@/app/_shell/user-menu";
import { WeekStartPicker } from "@/app/_shell/week-start-picker";
import { buttonClass } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";
import { useShortcuts } from "@/app/_ui/shortcuts";
import { PageLink, useCarry } from "@/app/_window/page-link";

export function TopBar({ theme }: { theme: Theme }) {
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const { kiosk, setKiosk } = useKiosk();
  const router = useRouter();
  const carry = useCarry();
  useShortcuts({
    ...Object.fromEntries(
      places.map(({ key, href }) => [`g ${key}`, () => router.push(carry(href))]),
    ),
    "g ,": () => router.push(carry("/settings")),
    "?": () => setHelping(true),
    "/": () => setSearching(true),
    f: () => setKiosk(!kiosk),
  });
  useControlK(() => setSearching((open) => !open));
  return (
    <header className="sticky top-0 print:hidden z-30 border-b border-line bg-surface">
      <div className="mx-auto flex h-11 max-w-[1600px] items-center gap-x-3 px-4 max-lg:h-auto max-lg:flex-wrap">
        <PageLink
          href="/"
          className="flex h-11 items-center gap-1.5 text-lg font-bold tracking-tight"
        >
          <Mark /> Pushline
        </PageLink>
        <div className="h-full min-w-0 max-lg:order-last max-lg:h-9 max-lg:w-full">
          <Navigation />
        </div>
        <div className="ml-auto flex items-center gap-2">
          <button
            type="button"
            data-control
            onClick={() => setSearching(true)}
            className={buttonClass("quiet")}
          >
            <Search aria-hidden="true" size={14} />
            <span className="max-sm:sr-only">Search or jump</span>
            <Key>Ctrl K</Key>
          </button>
          <span data-control className="flex gap-1 max-sm:hidden">
            <TimezonePicker />
            <WeekStartPicker />
          </span>
          <LiveIndicator />
          <span data-control>
            <ThemeSwitch initial={theme} />
          </span>
          <button
            type="button"
            data-control
            aria-label="Kiosk: hide every control"
            onClick={() => setKiosk(true)}
            className="rounded-md p-2 text-muted hover:bg-sunken hover:text-ink max-sm:hidden"
          >
            <Tv aria-hidden="true" size={15} />
          </button>
          <span data-control>
            <UserMenu />
          </span>
        </div>
      </div>
      <Palette open={searching} onOpenChange={setSearching} />
      <KeyboardHelp open={helping} onOpenChange={setHelping} />
    </header>
  );
}

function useControlK(toggle: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      toggle();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
