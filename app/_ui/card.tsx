import type { ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";

/** A titled region; the title names it for screen readers too. */
export function Card({
  title,
  aside,
  children,
  className,
  edge,
  padded = true,
}: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  edge?: "bad" | "good" | "accent";
  padded?: boolean;
}) {
  return (
    <section
      aria-label={typeof title === "string" ? title : undefined}
      className={classNames(
        "min-w-0 rounded-lg border border-line bg-surface",
        edge && "border-l-4",
        edge && edges[edge],
        className,
      )}
    >
      {title !== undefined && (
        <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-3.5 pt-2.5 pb-1">
          <h2 className="mr-auto">{title}</h2>
          {aside}
        </header>
      )}
      <div className={classNames(padded && "px-3.5 pb-3", padded && title === undefined && "pt-3")}>
        {children}
      </div>
    </section>
  );
}

const edges = { bad: "border-l-bad", good: "border-l-good", accent: "border-l-accent" };
