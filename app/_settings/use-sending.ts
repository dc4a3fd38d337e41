"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Sends a change, and asks anew for every list whose path begins with one of `stale`. */
export function useSending<Input, Answer>(
  send: (input: Input) => Promise<Answer>,
  stale: readonly string[],
  onDone?: (answer: Answer) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async (answer) => {
      onDone?.(answer);
      await client.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          stale.some((beginning) => String(path).startsWith(beginning)),
      });
    },
  });
}
