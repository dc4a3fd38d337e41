"use client";

import { useEffect, useState, useSyncExternalStore } from "react";

/** An element's width in whole pixels, null until the browser has measured. */
export function useWidth(element: Element | null): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** Whether an element is on the screen or near it, in a tab that is shown. */
export function useSeen(element: Element | null): boolean {
  const [near, setNear] = useState(false);
  const shown = useSyncExternalStore(onVisibility, isShown, () => true);
  useEffect(() => {
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: "200px 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return near && shown;
}

/** The last value given while `live` held: what is not seen is not drawn anew. */
export function useWhile<T>(live: boolean, value: T): T {
  const [held, setHeld] = useState(value);
  if (live && held !== value) setHeld(value);
  return live ? value : held;
}

function onVisibility(changed: () => void): () => void {
  document.addEventListener("visibilitychange", changed);
  return () => document.removeEventListener("visibilitychange", changed);
}

function isShown(): boolean {
  return document.visibilityState === "visible";
}
