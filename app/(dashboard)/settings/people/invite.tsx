"use client";

import { useState } from "react";
import { RoleOptions } from "@/app/_people/role-select";
import { TeamRoles } from "@/app/_people/team-roles";
import { postAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { SelectField, TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { ShownOnce } from "@/app/_ui/shown-once";
import type { Role } from "@/lib/auth/actor";

export function Invite() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        Invite someone
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Invite someone">
        <InviteForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function InviteForm({ onDone }: { onDone: () => void }) {
  const [teams, setTeams] = useState<Record<string, Role>>({});
  const { mutate, error, isPending, data } = useSending(
    (values: FormData) =>
      postAnswer<{ id: string; address: string }>("/api/v1/invitations", {
        note: values.get("note"),
        role: values.get("role"),
        teams,
      }),
    ["/api/v1/invitations"],
  );
  if (data)
    return (
      <div className="space-y-3">
        <ShownOnce value={data.address}>
          Send this address to whom you invite, and to nobody else: whoever opens it first makes the
          account. It holds for 7 days and is shown only now.
        </ShownOnce>
        <Button onClick={onDone}>Done</Button>
      </div>
    );
  return (
    <Form error={error} onSend={mutate}>
      <TextField
        name="note"
        label="For whom"
        hint="Shown in the list of invitations, and to whoever opens it."
        required
        maxLength={200}
      />
      <SelectField
        name="role"
        label="Role in the whole instance"
        defaultValue="viewer"
        hint="A role gives what stands before it in the list as well."
      >
        <RoleOptions explained />
      </SelectField>
      <TeamRoles teams={teams} onChange={setTeams} />
      <FormEnd error={error} pending={isPending}>
        Make the invitation
      </FormEnd>
    </Form>
  );
}
