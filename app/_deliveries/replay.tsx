"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { postAnswer } from "@/app/_query/answer";
import { Button } from "@/app/_ui/button";
import { announce } from "@/app/_ui/toasts";

/** Reads a stored delivery once more; what it tells is merged, so twice changes nothing. */
export function Replay({ id }: { id: string }) {
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => postAnswer(`/api/v1/deliveries/${encodeURIComponent(id)}/replay`),
    onSuccess: () => {
      announce("It is read once more.");
      void client.invalidateQueries({
        predicate: ({ queryKey: [path] }) => String(path).startsWith("/api/v1/deliveries"),
      });
    },
    onError: (error) => announce(error.message),
  });
  return (
    <Button onClick={() => mutate()} disabled={isPending} data-control>
      <RotateCw aria-hidden="true" size={14} /> Replay
    </Button>
  );
}
