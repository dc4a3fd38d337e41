"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { RoleSelect } from "@/app/_people/role-select";
import { putAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { useViewer } from "@/app/_shell/viewer";
import { ConfirmDialog } from "@/app/_ui/confirm";
import { announce } from "@/app/_ui/toasts";
import type { Role } from "@/lib/auth/actor";
import type { PersonAnswer } from "@/lib/auth/people/list-people";

/** Chosen is changed; only whoever takes their own rights away is asked first. */
export function PersonRole({ person: { id, name, role } }: { person: PersonAnswer }) {
  const viewer = useViewer();
  const router = useRouter();
  const [asked, setAsked] = useState<Role | null>(null);
  const { mutateAsync, isPending, variables } = useSending(
    (next: Role) => putAnswer(`/api/v1/people/${encodeURIComponent(id)}`, { role: next }),
    ["/api/v1/people"],
    () => {
      announce(`The role of ${name} is changed.`);
      if (id === viewer.id) router.refresh();
    },
  );
  const change = (next: Role) => {
    if (id === viewer.id) setAsked(next);
    else mutateAsync(next).catch((error: Error) => announce(error.message));
  };
  return (
    <>
      <RoleSelect
        label={`Role of ${name}`}
        value={isPending ? (variables ?? role) : role}
        disabled={isPending}
        onChoose={change}
      />
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Become ${asked ?? role}?`}
        words="You take your own rights away: another admin would have to give them back."
        action={`Become ${asked ?? role}`}
        onConfirm={() => mutateAsync(asked ?? role)}
      />
    </>
  );
}
