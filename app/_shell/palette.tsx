"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Entry, type EntryGroup, useEntries } from "@/app/_shell/use-entries";
import { popupClass } from "@/app/_ui/popup";
import { useCarry } from "@/app/_window/page-link";

/** Ctrl K: go to a page, service, incident or deployment by typing part of its name, version or revision. */
export function Palette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange(open: boolean): void;
}) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-3 pt-[12dvh]">
          <Dialog.Popup
            aria-label="Search or jump"
            className={popupClass("w-full max-w-xl overflow-hidden")}
          >
            <PaletteList onClose={() => onOpenChange(false)} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const router = useRouter();
  const carry = useCarry();
  const groups = useEntries(text);
  const go = (entry: Entry) => {
    onClose();
    router.push(carry(entry.href));
  };
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      value={text}
      onValueChange={setText}
      itemToStringValue={(entry: Entry) => `${entry.label} ${entry.words}`}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Search aria-hidden="true" size={16} className="text-muted" />
        <Autocomplete.Input
          aria-label="Search or jump"
          placeholder="A service, incident, version or revision"
          className="h-12 w-full bg-transparent text-lg outline-none placeholder:text-muted"
        />
        <Dialog.Close className="sr-only">Close</Dialog.Close>
      </div>
      <Autocomplete.Empty>
        <p className="px-4 py-6 text-muted empty:hidden">Nothing of that name</p>
      </Autocomplete.Empty>
      <Autocomplete.List className="max-h-[50dvh] overflow-y-auto p-1.5 empty:p-0">
        {(group: EntryGroup) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className="px-2 pt-2 pb-1 text-sm text-muted">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(entry: Entry) => (
                <Autocomplete.Item
                  key={entry.href}
                  value={entry}
                  onClick={() => go(entry)}
                  className="flex cursor-default items-baseline gap-3 rounded-md px-2 py-1.5 data-highlighted:bg-accent-surface"
                >
                  <span className="font-semibold whitespace-nowrap">{entry.label}</span>
                  <span className="min-w-0 truncate text-muted">{entry.words}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
