"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/app/_ui/button";

/** The end of a paged list: asks for the next page when it comes into sight, or by the button. */
export function More({
  hasMore,
  loading,
  onMore,
}: {
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}) {
  const end = useRef<HTMLDivElement>(null);
  const ask = useRef(onMore);
  useEffect(() => {
    ask.current = onMore;
  });
  useEffect(() => {
    if (!hasMore || loading || !end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && ask.current(), {
      rootMargin: "600px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasMore, loading]);
  if (!hasMore) return null;
  return (
    <div ref={end} className="flex justify-center py-3">
      <Button onClick={onMore} disabled={loading}>
        {loading ? "Loading" : "Load more"}
      </Button>
    </div>
  );
}
