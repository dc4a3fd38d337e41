import type { ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";

/** A keyboard key beside what it does; hidden where there is no keyboard. */
export function Key({ children, inherit = false }: { children: ReactNode; inherit?: boolean }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a kbd takes no focus.
    <kbd
      aria-hidden="true"
      className={classNames(
        "hidden rounded border border-b-2 px-1 font-mono text-xs leading-4 sm:inline-block",
        inherit ? "border-current" : "border-line bg-background text-muted",
      )}
    >
      {children}
    </kbd>
  );
}
