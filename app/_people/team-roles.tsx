"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { RoleSelect } from "@/app/_people/role-select";
import { teamsQuery } from "@/app/_query/queries";
import { Button } from "@/app/_ui/button";
import { Picker } from "@/app/_ui/picker";
import type { Role } from "@/lib/auth/actor";

/** More rights within single teams, beyond the role in the whole instance. */
export function TeamRoles({
  teams,
  onChange,
}: {
  teams: Record<string, Role>;
  onChange: (teams: Record<string, Role>) => void;
}) {
  const known = useQuery(teamsQuery()).data?.items ?? [];
  const free = known.filter(({ name }) => !(name in teams));
  if (known.length === 0) return null;
  return (
    <fieldset className="space-y-1">
      <legend className="font-semibold">More within teams</legend>
      {Object.entries(teams).map(([team, role]) => (
        <div key={team} className="flex items-center gap-2">
          <span className="min-w-24 truncate">{team}</span>
          <RoleSelect
            label={`Role in ${team}`}
            value={role}
            onChoose={(next) => onChange({ ...teams, [team]: next })}
          />
          <Button
            look="quiet"
            aria-label={`Not in ${team}`}
            onClick={() =>
              onChange(Object.fromEntries(Object.entries(teams).filter(([name]) => name !== team)))
            }
          >
            <X aria-hidden="true" size={14} />
          </Button>
        </div>
      ))}
      {free.length > 0 && (
        <Picker
          name="Team"
          any="Add a team"
          value={null}
          choices={free.map(({ name }) => ({ value: name, label: name }))}
          onChoose={(team) => team && onChange({ ...teams, [team]: "editor" })}
        />
      )}
    </fieldset>
  );
}
