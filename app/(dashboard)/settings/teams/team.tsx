"use client";

import { deleteAnswer } from "@/app/_query/answer";
import { Provisioned } from "@/app/_settings/provisioned";
import { useSending } from "@/app/_settings/use-sending";
import { managesTeam, useViewer } from "@/app/_shell/viewer";
import { Card } from "@/app/_ui/card";
import { ConfirmButton } from "@/app/_ui/confirm";
import { announce } from "@/app/_ui/toasts";
import type { TeamAnswer } from "@/lib/services/list-teams";
import { AddMember } from "./add-member";
import { Members } from "./members";
import { ChangeTimezone } from "./team-form";

export function Team({ team }: { team: TeamAnswer }) {
  const { name, timezone, services, provisioned } = team;
  const viewer = useViewer();
  return (
    <Card
      title={name}
      aside={
        <>
          {provisioned && <Provisioned />}
          {viewer.can.admin && !provisioned && (
            <>
              <ChangeTimezone team={team} />
              <Remove name={name} />
            </>
          )}
        </>
      }
    >
      <p className="mb-2 text-muted">
        Time zone {timezone ?? "UTC"};{" "}
        {services.length === 0
          ? "no services"
          : `${services.length === 1 ? "service" : "services"} ${services.join(", ")}`}
      </p>
      <Members team={team} />
      {managesTeam(viewer, name) && <AddMember team={team} />}
    </Card>
  );
}

function Remove({ name }: { name: string }) {
  const { mutateAsync } = useSending(
    (_: undefined) => deleteAnswer(`/api/v1/teams/${encodeURIComponent(name)}`),
    ["/api/v1/teams", "/api/v1/people", "/api/v1/services"],
    () => announce(`The team ${name} is removed.`),
  );
  return (
    <ConfirmButton
      label={`Remove the team ${name}`}
      title={`Remove the team ${name}?`}
      words="Its members lose what it let them do. Only a team without services and tokens can go."
      action={`Remove ${name}`}
      onConfirm={() => mutateAsync(undefined)}
    >
      Remove
    </ConfirmButton>
  );
}
