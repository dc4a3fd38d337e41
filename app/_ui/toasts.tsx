"use client";

import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { popupClass } from "@/app/_ui/popup";

const manager = Toast.createToastManager();

/** Says what has been done, with a way back where there is one. */
export function announce(title: string, undo?: () => void): void {
  manager.add({
    title,
    ...(undo && { actionProps: { children: "Undo", onClick: undo }, timeout: 10_000 }),
  });
}

export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-[calc(100vw-2rem)] flex-col gap-2 sm:w-96">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={popupClass("px-3.5 py-2.5")}>
      <Toast.Content className="flex items-center gap-3">
        <Toast.Title className="mr-auto font-semibold" />
        <Toast.Action className="rounded px-1.5 font-semibold text-accent hover:underline" />
        <Toast.Close aria-label="Dismiss" className="rounded p-0.5 text-muted hover:text-ink">
          <X aria-hidden="true" size={14} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
