"use client";

import { RoleSelect } from "@/app/_people/role-select";
import { managesTeam, useViewer } from "@/app/_shell/viewer";
import { ConfirmButton } from "@/app/_ui/confirm";
import { Pill } from "@/app/_ui/pill";
import { Cell, Head, Table } from "@/app/_ui/table";
import { announce } from "@/app/_ui/toasts";
import type { TeamAnswer } from "@/lib/services/list-teams";
import { useMembership } from "./use-membership";

type Member = TeamAnswer["members"][number];

export function Members({ team: { name, members } }: { team: TeamAnswer }) {
  const manages = managesTeam(useViewer(), name);
  if (members.length === 0) return <p className="py-2">Nobody is in this team yet.</p>;
  return (
    <Table label={`Members of ${name}`}>
      <thead>
        <tr>
          <Head>Member</Head>
          <Head className="w-40">Role in the team</Head>
          {manages && (
            <Head className="w-24">
              <span className="sr-only">Take out</span>
            </Head>
          )}
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <Row key={member.person} team={name} member={member} manages={manages} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ team, member, manages }: { team: string; member: Member; manages: boolean }) {
  const { person, name, role } = member;
  const viewer = useViewer();
  const { mutateAsync, isPending, variables } = useMembership(team);
  return (
    <tr className="hover:bg-sunken">
      <Cell>
        <span className="flex min-h-8 flex-wrap items-center gap-2">
          {name}
          {person === viewer.id && <Pill tone="accent">you</Pill>}
        </span>
      </Cell>
      <Cell>
        {manages ? (
          <RoleSelect
            label={`Role of ${name} in ${team}`}
            value={(isPending && variables?.role) || role}
            disabled={isPending}
            onChoose={(next) =>
              void mutateAsync({ person, role: next })
                .then(() => announce(`The role of ${name} in ${team} is changed.`))
                .catch((error: Error) => announce(error.message))
            }
          />
        ) : (
          role
        )}
      </Cell>
      {manages && (
        <Cell className="text-right">
          <ConfirmButton
            label={`Take ${name} out of ${team}`}
            title={`Take ${name} out of ${team}?`}
            words={`${name} keeps the role in the whole instance, and no more.`}
            action="Take out"
            onConfirm={() => mutateAsync({ person, role: null })}
          >
            Take out
          </ConfirmButton>
        </Cell>
      )}
    </tr>
  );
}
