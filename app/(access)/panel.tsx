import type { ReactNode } from "react";

/** The one card of a page before the instance. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-lg border border-line bg-surface p-5">
      <h1 className="mb-3">{title}</h1>
      <div className="space-y-3">{children}</div>
    </section>
  );
}

/** Between the providers' buttons and the form. */
export function Or() {
  return (
    <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      or
    </p>
  );
}
