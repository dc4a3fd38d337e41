import type { ReactNode } from "react";

/** One thing of a `dl` with its name above it; what is empty is none. */
export function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">
        {children || <span className="text-muted">none</span>}
      </dd>
    </div>
  );
}

/** The same as a row of a card, its name beside it. */
export function RowLine({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[110px_minmax(0,1fr)] gap-x-2 border-t border-grid px-3.5 py-1.5">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
