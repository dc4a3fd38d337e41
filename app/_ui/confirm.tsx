"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { type ReactNode, useRef, useState } from "react";
import { Button, buttonClass } from "@/app/_ui/button";
import { backdropClass, dialogClass } from "@/app/_ui/dialog";
import { Failure } from "@/app/_ui/states";

interface Question {
  title: string;
  /** What will happen. */
  words: ReactNode;
  /** The answer that does it. */
  action: string;
  /** What it throws is shown, and the question stays. */
  onConfirm: () => Promise<unknown>;
}

/** Asks before what cannot be taken back; not doing it has the focus. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  words,
  action,
  onConfirm,
}: Question & { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const confirm = async () => {
    setPending(true);
    setError(null);
    try {
      await onConfirm();
      onOpenChange(false);
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
    } finally {
      setPending(false);
    }
  };
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(next) => {
        setError(null);
        onOpenChange(next);
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Popup initialFocus={cancel} className={dialogClass}>
          <AlertDialog.Title className="text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="mt-1 text-muted">
            {words}
          </AlertDialog.Description>
          {error && <Failure error={error} />}
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close ref={cancel} className={buttonClass()}>
              Cancel
            </AlertDialog.Close>
            <Button look="danger" disabled={pending} onClick={() => void confirm()}>
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** A button for what cannot be taken back: it says what will happen, and asks. */
export function ConfirmButton({
  children,
  label,
  look = "quiet",
  ...question
}: Question & {
  /** What stands on the button. */
  children: ReactNode;
  /** The button's name where its words alone do not say of what. */
  label?: string;
  look?: "plain" | "quiet";
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button data-control look={look} aria-label={label} onClick={() => setOpen(true)}>
        {children}
      </Button>
      <ConfirmDialog {...question} open={open} onOpenChange={setOpen} />
    </>
  );
}
