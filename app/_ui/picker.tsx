"use client";

import { Combobox } from "@base-ui/react/combobox";
import { Check, ChevronDown } from "lucide-react";
import { popupClass } from "@/app/_ui/popup";

export interface Choice {
  value: string;
  label: string;
}

/** One choice out of many, searched by typing; `any` is the label while nothing is chosen. */
export function Picker({
  name,
  any,
  value,
  choices,
  onChoose,
}: {
  name: string;
  any?: string;
  value: string | null;
  choices: Choice[];
  onChoose: (value: string | null) => void;
}) {
  const items = any === undefined ? choices : [{ value: "", label: any }, ...choices];
  const chosen =
    items.find((item) => item.value === (value ?? "")) ?? (value ? { value, label: value } : null);
  return (
    <Combobox.Root
      items={items}
      value={chosen}
      onValueChange={(item) => onChoose(item?.value ? item.value : null)}
      isItemEqualToValue={(a, b) => a.value === b.value}
    >
      <Combobox.Trigger
        aria-label={`${name}: ${chosen?.label ?? any ?? "none"}`}
        className="inline-flex min-h-8 max-w-56 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 font-semibold whitespace-nowrap hover:bg-sunken data-popup-open:bg-sunken"
      >
        <span className="truncate">{chosen?.label ?? any ?? name}</span>
        <ChevronDown aria-hidden="true" size={14} className="shrink-0 text-muted" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} className="z-50">
          <Combobox.Popup aria-label={name} className={popupClass("w-64")}>
            {items.length > 7 && (
              <Combobox.Input
                aria-label={`Search: ${name}`}
                placeholder="Type to search"
                className="h-9 w-full border-b border-line bg-transparent px-3 outline-none placeholder:text-muted"
              />
            )}
            <Combobox.Empty>
              <p className="px-3 py-3 text-muted empty:hidden">Nothing of that name</p>
            </Combobox.Empty>
            <Combobox.List className="max-h-72 overflow-y-auto p-1 empty:p-0">
              {(item: Choice) => (
                <Combobox.Item
                  key={item.value}
                  value={item}
                  className="flex cursor-default items-center gap-2 rounded px-2 py-1.5 data-highlighted:bg-sunken"
                >
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
    </Combobox.Root>
  );
}
