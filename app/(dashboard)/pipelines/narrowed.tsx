import type { ReactNode } from "react";
import { Button } from "@/app/_ui/button";

/** Says what a link has narrowed the page to, and leads out of it. */
export function Narrowed({ onLeave, children }: { onLeave: () => void; children: ReactNode }) {
  return (
    <p className="mb-3 flex flex-wrap items-center gap-2">
      <span>Only {children}</span>
      <Button look="quiet" onClick={onLeave}>
        Show all
      </Button>
    </p>
  );
}
