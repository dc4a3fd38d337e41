"use client";

import { type ComponentProps, useEffect, useRef } from "react";
import { classNames } from "@/app/_ui/class-names";

/** A row that scrolls sideways where it is too long: it fades where it goes on, and shows what is current. */
export function ScrollRow({
  current,
  className,
  ...rest
}: ComponentProps<"div"> & {
  /** What is current changes with it. */
  current: string;
}) {
  const ref = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with the page another link is the current one.
  useEffect(() => {
    const row = ref.current;
    if (row === null) return;
    const mark = () => markEdges(row);
    // Parts widen later too, by a font or a count, and would push the current one out of sight.
    const sizes = new ResizeObserver(() => {
      showCurrent(row);
      mark();
    });
    for (const element of [row, ...row.children]) sizes.observe(element);
    row.addEventListener("scroll", mark, { passive: true });
    return () => {
      sizes.disconnect();
      row.removeEventListener("scroll", mark);
    };
  }, [current]);
  return <div ref={ref} {...rest} className={classNames("scroll-row", className)} />;
}

function showCurrent(row: HTMLElement): void {
  const link = row.querySelector("[aria-current=page]");
  if (link === null) return;
  const [{ left, width }, frame] = [link.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += left + width / 2 - (frame.left + frame.width / 2);
}

function markEdges(row: HTMLElement): void {
  const { scrollLeft, clientWidth, scrollWidth } = row;
  row.toggleAttribute("data-more-before", scrollLeft > 1);
  row.toggleAttribute("data-more-after", scrollLeft + clientWidth < scrollWidth - 1);
}
