"use client";

import { useMutation } from "@tanstack/react-query";
import { postAnswer } from "@/app/_query/answer";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { ShownOnce } from "@/app/_ui/shown-once";
import { Failure } from "@/app/_ui/states";
import type { PersonAnswer } from "@/lib/auth/people/list-people";

/** For somebody who forgot their password: what a link does, and then the link. */
export function PasswordLink({
  person: { id, name },
  open,
  onOpenChange,
}: {
  person: PersonAnswer;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`A new password for ${name}`}>
      <MakeLink id={id} name={name} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** Closed with the window, it forgets the link. */
function MakeLink({
  id,
  name,
  onDone,
}: Pick<PersonAnswer, "id" | "name"> & { onDone: () => void }) {
  const { mutate, error, isPending, data } = useMutation({
    mutationFn: () =>
      postAnswer<{ address: string }>(`/api/v1/people/${encodeURIComponent(id)}/password-link`),
  });
  if (data)
    return (
      <div className="space-y-3">
        <ShownOnce value={data.address}>
          Send this address to {name}, and to nobody else: whoever opens it first can sign in as
          them. It holds for 24 hours and is shown only now.
        </ShownOnce>
        <Button onClick={onDone}>Done</Button>
      </div>
    );
  return (
    <div className="space-y-3">
      <p className="text-muted">
        By this link {name} chooses a new password, and is signed out everywhere else. The old
        password holds until then; a link made earlier does not.
      </p>
      {error && <Failure error={error} />}
      <Button look="primary" disabled={isPending} onClick={() => mutate()}>
        Make the link
      </Button>
    </div>
  );
}
