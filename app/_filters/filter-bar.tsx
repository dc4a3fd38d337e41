import type { ReactNode } from "react";
import { Button } from "@/app/_ui/button";

/** The filters of a list, above it; what they are set to can be let go of at once. */
export function FilterBar({
  filters: { any, clear },
  children,
}: {
  filters: { any: boolean; clear: () => void };
  children: ReactNode;
}) {
  return (
    <search data-control className="mb-3 flex flex-wrap items-center gap-2">
      {children}
      {any && (
        <Button look="quiet" onClick={clear}>
          Clear
        </Button>
      )}
    </search>
  );
}
