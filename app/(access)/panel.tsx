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
