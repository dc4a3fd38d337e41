"use client";

import { useQuery } from "@tanstack/react-query";
import { meQuery } from "@/app/_query/queries";
import type { MeAnswer } from "@/app/_settings/answers";

const nothing: MeAnswer["can"] = { write: false, manage: false, admin: false };

/** What whoever looks may do; nothing until that is known, so that no button appears to vanish. */
export function useCan(): MeAnswer["can"] {
  return useQuery(meQuery()).data?.can ?? nothing;
}
