"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { popupClass } from "@/app/_ui/popup";

export interface Choice {
  value: string;
  label: string;
  /** Before the label. */
  sign?: ReactNode;
}

/** What a combobox opens: its choices, with a field to search them where there are many. */
export function ChoiceList({ name, count }: { name: string; count: number }) {
  return (
    <Combobox.Portal>
      <Combobox.Positioner align="start" sideOffset={4} className="z-50">
        <Combobox.Popup aria-label={name} className={popupClass("w-64 min-w-(--anchor-width)")}>
          {count > 7 && (
            <Combobox.Input
              aria-label={`Search: ${name}`}
              placeholder="Type to search"
              className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-muted"
            />
          )}
          <Combobox.Empty>
            <p className="px-3 py-3 text-muted empty:hidden">Nothing of that name</p>
          </Combobox.Empty>
          <Combobox.List className="max-h-[min(28rem,calc(var(--available-height)-3rem))] overflow-y-auto p-1 empty:p-0">
            {(item: Choice) => (
              <Combobox.Item
                key={item.value}
                value={item}
                className="flex cursor-default items-center gap-2 rounded px-2 py-1.5 data-highlighted:bg-sunken"
              >
                {item.sign}
                <span className="min-w-0 flex-1 truncate">{item.label}</span>
                <Combobox.ItemIndicator>
                  <Check aria-hidden="true" size={14} className="text-accent" />
                </Combobox.ItemIndicator>
              </Combobox.Item>
            )}
          </Combobox.List>
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}
