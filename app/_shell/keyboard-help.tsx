"use client";

import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { places } from "@/app/_shell/places";
import { Key } from "@/app/_ui/key";
import { popupClass } from "@/app/_ui/popup";

const keys: [keys: string[], does: string][] = [
  [["Ctrl", "K"], "Search or jump"],
  ...places.map(({ key, name }): [string[], string] => [["G", key.toUpperCase()], `Go to ${name}`]),
  [["G", ","], "Go to Settings"],
  [["F"], "Kiosk: hide every control, or bring them back"],
  [["J"], "Next suspect of the incident"],
  [["K"], "Previous suspect"],
  [["C"], "Copy the rollback command"],
  [["Y"], "Confirm the suspect as the cause"],
  [["X"], "Not this one"],
  [["N"], "No change did it"],
  [["U"], "Undo the verdict"],
  [["?"], "This list"],
];

export function KeyboardHelp({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange(open: boolean): void;
}) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup
          className={popupClass(
            "fixed top-[12dvh] left-1/2 z-50 max-h-[76dvh] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 overflow-y-auto p-4",
          )}
        >
          <div className="mb-2 flex items-center">
            <Dialog.Title className="mr-auto text-lg">Keyboard</Dialog.Title>
            <Dialog.Close aria-label="Close" className="rounded p-1 text-muted hover:text-ink">
              <X aria-hidden="true" size={16} />
            </Dialog.Close>
          </div>
          <dl>
            {keys.map(([pressed, does]) => (
              <div key={does} className="flex items-center gap-3 border-t border-grid py-1.5">
                <dt className="w-24">
                  <span className="sr-only">{pressed.join(" ")}</span>
                  <span className="flex gap-1">
                    {pressed.map((key) => (
                      <Key key={key}>{key}</Key>
                    ))}
                  </span>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
