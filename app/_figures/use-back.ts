"use client";

import { useSearchParams } from "next/navigation";

/** The search of the trends that a list was opened from; what one chooses on the list keeps it. */
export function useBack(): string | null {
  return useSearchParams().get("back");
}
