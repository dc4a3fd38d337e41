"use client";

import { Popover } from "@base-ui/react/popover";
import { Layers } from "lucide-react";
import { plural } from "@/app/_ui/format";
import { popupClass } from "@/app/_ui/popup";

/** That more than one source reported it, with their names; nothing where it was one. */
export function SeveralSources({ sources }: { sources: readonly { source: string }[] }) {
  const names = [...new Set(sources.map(({ source }) => source))];
  if (names.length < 2) return null;
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={150}
        aria-label={`Reported by ${names.length} sources`}
        className="inline-flex items-center gap-1 rounded px-1 text-sm whitespace-nowrap text-muted hover:text-ink"
      >
        <Layers aria-hidden="true" size={12} />
        {plural(names.length, "source")}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} collisionPadding={8} className="z-40">
          <Popover.Popup className={popupClass("max-w-72 px-3 py-2")}>
            <Popover.Title className="text-sm text-muted">Reported by</Popover.Title>
            <ul>
              {names.map((name) => (
                <li key={name} className="[overflow-wrap:anywhere]">
                  {name}
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
