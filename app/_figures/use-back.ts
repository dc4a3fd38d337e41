"use client";

import { usePathname, useSearchParams } from "next/navigation";

/** The pages whose numbers open to lists. */
const names: Readonly<Record<string, string>> = {
  "/trends": "Trends",
  "/trends/remedies": "Remedies",
  "/trends/batches": "Batch size",
};

/** The address of the page that a number stands on, for the list to lead back to. */
export function useHere(): string {
  const path = usePathname();
  const search = useSearchParams().toString();
  return search === "" ? path : `${path}?${search}`;
}

/** The page that a list was opened from; what one chooses on the list keeps it. */
export function useBack(): { href: string; name: string } {
  const href = useSearchParams().get("back") ?? "";
  const name = names[href.split("?", 1)[0] ?? ""];
  // Addresses are typed, too: only to a page of ours does it lead.
  return name ? { href, name } : { href: "/trends", name: "Trends" };
}
