"use client";

import { useQuery } from "@tanstack/react-query";
import { wholeRole } from "@/app/_people/role-words";
import { meQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { Line } from "@/app/_ui/line";
import { PageHead } from "@/app/_ui/page-head";
import { FurtherWays } from "./further-ways";
import { NameForm } from "./name-form";
import { PasswordChange } from "./password-change";
import { Sessions } from "./sessions";

export function Account({ problem }: { problem: string | null }) {
  const query = useQuery(meQuery());
  const { role, teams, email } = useViewer();
  return (
    <>
      <PageHead title="Account" />
      <Card title="You">
        <dl className="mb-3 flex flex-wrap gap-x-8 gap-y-1.5">
          {email && <Line name="E-mail">{email}</Line>}
          <Line name="Role">
            <strong className="font-semibold">{role}</strong>, who {wholeRole(role)}
          </Line>
          {Object.entries(teams).map(([team, held]) => (
            <Line key={team} name={`In ${team}`}>
              {held}
            </Line>
          ))}
        </dl>
        <Answered query={query} lines={2}>
          {({ name }) => <NameForm name={name} />}
        </Answered>
      </Card>
      {query.data?.hasPassword && <PasswordChange email={query.data.email} />}
      {query.data && <FurtherWays me={query.data} problem={problem} />}
      <Sessions />
    </>
  );
}
