import { classNames } from "@/app/_ui/class-names";

/** The look of everything that floats over the page. */
export function popupClass(more?: string): string {
  return classNames(
    "rounded-lg border border-line bg-raised text-ink shadow-[0_8px_30px_var(--shadow)] outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0",
    more,
  );
}
