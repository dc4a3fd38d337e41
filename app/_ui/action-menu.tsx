"use client";

import { Menu } from "@base-ui/react/menu";
import { Ellipsis } from "lucide-react";
import { classNames } from "@/app/_ui/class-names";
import { popupClass } from "@/app/_ui/popup";

interface Action {
  name: string;
  grave?: boolean;
  onChoose: () => void;
}

/** What can be done with one row, behind one button. */
export function ActionMenu({ label, actions }: { label: string; actions: readonly Action[] }) {
  return (
    <Menu.Root>
      <Menu.Trigger
        data-control
        aria-label={label}
        className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink data-popup-open:bg-sunken"
      >
        <Ellipsis aria-hidden="true" size={16} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-40">
          <Menu.Popup className={popupClass("min-w-44 p-1")}>
            {actions.map(({ name, grave, onChoose }) => (
              <Menu.Item
                key={name}
                onClick={onChoose}
                className={classNames(
                  "cursor-default rounded px-2 py-1.5 data-highlighted:bg-sunken",
                  grave && "text-bad",
                )}
              >
                {name}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
