"use client";

import { Menu } from "@base-ui/react/menu";
import { Download } from "lucide-react";
import { addressOf, type Search } from "@/app/_query/address";
import { buttonClass } from "@/app/_ui/button";
import { popupClass } from "@/app/_ui/popup";

interface ExportMenuProps {
  /** The list or table of the API that the page shows. */
  path: string;
  search: Search;
}

/** All that the page's question answers, not only what is on the screen, as a file. */
export function ExportMenu({ path, search }: ExportMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger data-control className={buttonClass()}>
        <Download aria-hidden="true" size={14} /> Export
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-40">
          <Menu.Popup className={popupClass("min-w-36 p-1")}>
            {(["csv", "json"] as const).map((format) => (
              <Menu.Item
                key={format}
                className="block cursor-default rounded px-2 py-1.5 data-highlighted:bg-sunken"
                render={<a href={addressOf(path, { ...search, format })} download="" />}
              >
                As {format.toUpperCase()}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
