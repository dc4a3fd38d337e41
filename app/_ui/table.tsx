import type { ComponentProps, ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";

/** Scrolls sideways on its own where it is wider than the page; reachable by keyboard. */
export function Table({
  label,
  stacked = false,
  children,
}: {
  label: string;
  /** On a phone each row stands as a block, its cells below their labels. */
  stacked?: boolean;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of forms; this group only scrolls.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div role="group" aria-label={label} tabIndex={0} className="relative overflow-x-auto">
      <table className={classNames("w-full border-collapse text-left", stacked && "stacked")}>
        {children}
      </table>
    </div>
  );
}

export function Head({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames("px-2 py-1.5 font-medium whitespace-nowrap text-muted", className)}
    />
  );
}

export function Cell({
  className,
  label,
  ...rest
}: ComponentProps<"td"> & {
  /** Its column's name, for where rows are stacked. */
  label?: string;
}) {
  return (
    <td
      {...rest}
      data-label={label}
      className={classNames("border-t border-grid px-2 py-1.5 align-top", className)}
    />
  );
}
