import type { ReactNode } from "react";
import { Figure } from "@/app/_ui/figure";
import { PageLink } from "@/app/_window/page-link";

/** One figure of the window, which opens to what is behind it, beside what it was before. */
export function Total({
  name,
  href,
  value,
  before,
  format,
  children,
}: {
  name: string;
  href: string;
  value: number | null;
  /** Of the window before; nothing is said of one in which there was nothing. */
  before: number | null | undefined;
  format: (value: number | null) => string;
  children: ReactNode;
}) {
  return (
    <Figure
      name={
        <PageLink href={href} className="link" title="Open the list behind it">
          {name}
        </PageLink>
      }
      value={format(value)}
      beside={typeof before === "number" ? `was ${format(before)}` : undefined}
      below={children}
    />
  );
}
