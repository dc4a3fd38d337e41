"use client";

import { useQuery } from "@tanstack/react-query";
import { teamsQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { Empty } from "@/app/_ui/states";
import { Team } from "./team";
import { NewTeam } from "./team-form";

export function Teams() {
  const query = useQuery(teamsQuery());
  const { can } = useViewer();
  return (
    <>
      <PageHead title="Teams">{can.admin && <NewTeam />}</PageHead>
      <p className="text-muted">
        Everyone sees every team. A role in a team lets its holder change what is that team's:
        editors judge and correct, admins set up its services, tokens and members.
      </p>
      {!can.manage && <Note>Only a team's admins and admins of this Pushline change a team.</Note>}
      <Answered query={query} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Card>
              <Empty title="No teams yet">
                Services belong to teams; figures are read by team, in its time zone.
              </Empty>
            </Card>
          ) : (
            items.map((team) => <Team key={team.name} team={team} />)
          )
        }
      </Answered>
    </>
  );
}
