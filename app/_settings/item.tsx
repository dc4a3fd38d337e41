"use client";

import type { ReactNode } from "react";
import { Provisioned } from "@/app/_settings/provisioned";
import { Button } from "@/app/_ui/button";

/** One of the things that a page of settings lists: its name, what may be done with it, what is known of it. */
export function Item({
  title,
  beside,
  provisioned,
  actions,
  children,
}: {
  title: ReactNode;
  beside?: ReactNode;
  provisioned: boolean;
  /** Buttons, where there is something that one may do. */
  actions: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        <h2>{title}</h2>
        {beside}
        {provisioned && <Provisioned />}
        {actions && (
          <div className="ml-auto flex flex-wrap gap-1" data-control>
            {actions}
          </div>
        )}
      </div>
      {children}
    </li>
  );
}

export function ChangeButton({
  name,
  editing,
  onToggle,
}: {
  name: string;
  editing: boolean;
  onToggle: () => void;
}) {
  return (
    <Button look="quiet" aria-label={`Change ${name}`} aria-expanded={editing} onClick={onToggle}>
      Change
    </Button>
  );
}

/** A form that opens below what it changes. */
export function Below({ children }: { children: ReactNode }) {
  return <div className="mt-2 border-t border-grid pt-3">{children}</div>;
}
