"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { popupClass } from "@/app/_ui/popup";

/** A titled window over the page; Escape, the cross and a click beside it close it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  children: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup className={dialogClass}>
          <div className="mb-2 flex items-start gap-3">
            <Base.Title className="mr-auto text-lg">{title}</Base.Title>
            <Base.Close
              aria-label="Close"
              className="rounded p-1 text-muted hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden="true" size={16} />
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export const backdropClass = "fixed inset-0 z-40 bg-black/40";

export const dialogClass = popupClass(
  "fixed top-[12dvh] left-1/2 z-50 max-h-[80dvh] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 overflow-y-auto p-4",
);
