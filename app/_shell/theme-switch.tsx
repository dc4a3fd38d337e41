"use client";

import { Menu } from "@base-ui/react/menu";
import { Check, Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { popupClass } from "@/app/_ui/popup";

export type Theme = "system" | "light" | "dark";

const themes = [
  { theme: "system", name: "As the system", Icon: Monitor },
  { theme: "light", name: "Light", Icon: Sun },
  { theme: "dark", name: "Dark", Icon: Moon },
] as const;

/** Kept in a cookie: the server draws the first paint in the right colours. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const { Icon } = themes.find((each) => each.theme === theme) ?? themes[0];
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label="Colours"
        className="rounded-md p-2 text-muted hover:bg-sunken hover:text-ink"
      >
        <Icon aria-hidden="true" size={15} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-40">
          <Menu.Popup className={popupClass("min-w-44 p-1")}>
            <Menu.RadioGroup
              value={theme}
              onValueChange={(next: Theme) => {
                setTheme(next);
                applyTheme(next);
              }}
            >
              {themes.map(({ theme: each, name, Icon: EachIcon }) => (
                <Menu.RadioItem
                  key={each}
                  value={each}
                  closeOnClick
                  className="flex cursor-default items-center gap-2 rounded px-2 py-1.5 data-highlighted:bg-sunken"
                >
                  <EachIcon aria-hidden="true" size={14} className="text-muted" />
                  <span className="flex-1">{name}</span>
                  <Menu.RadioItemIndicator>
                    <Check aria-hidden="true" size={14} className="text-accent" />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve.
  document.cookie = `pushline_theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
}
