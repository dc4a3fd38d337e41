import type { ComponentProps } from "react";
import { classNames } from "@/app/_ui/class-names";

/** The platform's own select: by keyboard, by touch and for screen readers as everywhere else. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select {...rest} className={classNames(selectClass, className)} />;
}

export const selectClass =
  "min-h-8 rounded-md border border-line bg-surface px-2 py-1 text-ink hover:bg-sunken aria-invalid:border-bad disabled:cursor-not-allowed disabled:opacity-60";
