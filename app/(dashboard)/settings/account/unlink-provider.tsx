"use client";

import { deleteAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { ConfirmButton } from "@/app/_ui/confirm";
import { announce } from "@/app/_ui/toasts";

export function UnlinkProvider({ name, title }: { name: string; title: string }) {
  const { mutateAsync } = useSending(
    (_: undefined) => deleteAnswer(`/api/v1/me/identities/${encodeURIComponent(name)}`),
    ["/api/v1/me"],
    () => announce(`${title} is unlinked.`),
  );
  return (
    <ConfirmButton
      label={`Unlink ${title}`}
      title={`Unlink ${title}?`}
      words="You will no longer sign in by it; other sessions that began by it end."
      action="Unlink"
      onConfirm={() => mutateAsync(undefined)}
    >
      Unlink
    </ConfirmButton>
  );
}
