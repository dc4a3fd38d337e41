"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { RoleSelect } from "@/app/_people/role-select";
import { peopleQuery } from "@/app/_query/queries";
import { Button } from "@/app/_ui/button";
import { Picker } from "@/app/_ui/picker";
import { announce } from "@/app/_ui/toasts";
import type { Role } from "@/lib/auth/actor";
import type { TeamAnswer } from "@/lib/services/list-teams";
import { useMembership } from "./use-membership";

export function AddMember({ team: { name, members } }: { team: TeamAnswer }) {
  const people = useQuery(peopleQuery()).data?.items ?? [];
  const [person, setPerson] = useState<string | null>(null);
  const [role, setRole] = useState<Role>("editor");
  const { mutateAsync, isPending } = useMembership(name);
  const inside = new Set(members.map((member) => member.person));
  const others = people.filter(({ id, disabled }) => !inside.has(id) && !disabled);
  if (others.length === 0) return null;
  const add = async () => {
    if (person === null) return;
    await mutateAsync({ person, role }).catch((error: Error) => announce(error.message));
    setPerson(null);
  };
  return (
    <div data-control className="flex flex-wrap items-center gap-2 border-t border-grid pt-2">
      <Picker
        name={`Add to ${name}`}
        any="Add a member"
        value={person}
        choices={others.map((other) => ({ value: other.id, label: labelOf(other) }))}
        onChoose={setPerson}
      />
      {person !== null && (
        <>
          <RoleSelect label={`Role in ${name}`} value={role} onChoose={setRole} />
          <Button look="primary" disabled={isPending} onClick={() => void add()}>
            Add
          </Button>
        </>
      )}
    </div>
  );
}

function labelOf({ name, email }: { name: string; email: string | null }): string {
  return email ? `${name} (${email})` : name;
}
