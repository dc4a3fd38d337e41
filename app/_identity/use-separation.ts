"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { putAnswer } from "@/app/_query/answer";
import { announce } from "@/app/_ui/toasts";

/** What several reports were joined into, and which page they are on. */
export interface Whole {
  kind: "deployment" | "incident";
  id: string;
}

export interface SeparationWords {
  /** The report's own id. */
  member: string;
  apart: boolean;
  note: string | null;
}

/** Says in the viewer's name that a report stands apart from the whole, or takes that back. */
export function useSeparation({ kind, id }: Whole, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (words: SeparationWords) =>
      putAnswer(`/api/v1/${kind}s/${encodeURIComponent(id)}/separation`, words),
    onSuccess: (_, { apart }) => {
      // What is one or two changes lists, lines and figures: whatever is on the page asks again.
      void client.invalidateQueries();
      announce(
        apart
          ? `Held apart: two ${kind}s now; the metrics follow.`
          : "Taken back: joined again by the rule; the metrics follow.",
      );
      onDone?.();
    },
  });
}
