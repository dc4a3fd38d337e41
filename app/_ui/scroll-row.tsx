"use client";

import { type ComponentProps, useEffect, useRef } from "react";
import { classNames } from "@/app/_ui/class-names";

/** A row that scrolls sideways where it is too long: it fades where it goes on, and begins at what is current. */
export function ScrollRow({
  current,
  className,
  ...rest
}: ComponentProps<"div"> & {
  /** What is current changes with it. */
  current: string;
}) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = ref.current;
    if (row === null) return;
    const mark = () => {
      row.toggleAttribute("data-more-before", row.scrollLeft > 1);
      row.toggleAttribute(
        "data-more-after",
        row.scrollLeft + row.clientWidth < row.scrollWidth - 1,
      );
    };
    const sizes = new ResizeObserver(mark);
    sizes.observe(row);
    row.addEventListener("scroll", mark, { passive: true });
    return () => {
      sizes.disconnect();
      row.removeEventListener("scroll", mark);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with the page another link is the current one.
  useEffect(() => {
    const row = ref.current;
    const link = row?.querySelector("[aria-current=page]");
    if (!row || !link) return;
    const [{ left, width }, frame] = [link.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += left + width / 2 - (frame.left + frame.width / 2);
  }, [current]);
  return <div ref={ref} {...rest} className={classNames("scroll-row", className)} />;
}
