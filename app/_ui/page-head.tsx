import type { ReactNode } from "react";

/** A page's title with its controls to the right. */
export function PageHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="mr-auto">{title}</h1>
      {children && (
        <div data-control className="flex flex-wrap items-center gap-2">
          {children}
        </div>
      )}
    </header>
  );
}
