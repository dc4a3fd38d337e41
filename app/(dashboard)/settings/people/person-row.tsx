"use client";

import { issuerName } from "@/app/_people/issuer-name";
import { useViewer } from "@/app/_shell/viewer";
import { Pill } from "@/app/_ui/pill";
import { Cell } from "@/app/_ui/table";
import { Ago } from "@/app/_window/moment";
import type { PersonAnswer } from "@/lib/auth/people/list-people";
import { PersonActions } from "./person-actions";
import { PersonRole } from "./person-role";

export function PersonRow({ person }: { person: PersonAnswer }) {
  const { id, name, email, role, teams, issuers, lastSeenAt, disabled } = person;
  const viewer = useViewer();
  return (
    <tr className="hover:bg-sunken">
      <Cell className="sm:min-w-40">
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="font-semibold">{name}</span>
          {id === viewer.id && <Pill tone="accent">you</Pill>}
          {disabled && <Pill tone="warning">disabled</Pill>}
        </span>
        {email && <span className="block text-muted [overflow-wrap:anywhere]">{email}</span>}
        <span className="sm:hidden">
          <Teams teams={teams} />
        </span>
      </Cell>
      <Cell>{viewer.can.admin ? <PersonRole person={person} /> : role}</Cell>
      <Cell className="min-w-28 max-sm:hidden">
        <Teams teams={teams} none="none" />
      </Cell>
      {viewer.can.admin && (
        <>
          <Cell className="whitespace-nowrap max-sm:hidden">
            {issuers?.map((issuer) => (
              <span key={issuer} className="block">
                {issuerName(issuer)}
              </span>
            ))}
          </Cell>
          <Cell className="whitespace-nowrap max-sm:hidden">
            {lastSeenAt ? <Ago at={lastSeenAt} /> : <span className="text-muted">never</span>}
          </Cell>
          <Cell className="text-right">
            <PersonActions person={person} />
          </Cell>
        </>
      )}
    </tr>
  );
}

function Teams({ teams, none }: Pick<PersonAnswer, "teams"> & { none?: string }) {
  const entries = Object.entries(teams);
  if (entries.length === 0) return <span className="text-muted">{none}</span>;
  return entries.map(([team, role]) => (
    <span key={team} className="block whitespace-nowrap">
      {team} <span className="text-muted">{role}</span>
    </span>
  ));
}
