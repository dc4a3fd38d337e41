"use client";

import { useQuery } from "@tanstack/react-query";
import { sourceHealthQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";
import { StatePill } from "@/app/_sources/state-pill";
import { Answered } from "@/app/_ui/answered";
import { Note } from "@/app/_ui/note";
import { PageHead } from "@/app/_ui/page-head";
import { PageLink } from "@/app/_window/page-link";
import { Arrivals } from "./arrivals";
import { Health } from "./health";
import { Outcomes } from "./outcomes";

const freshMilliseconds = 15_000;

/** How one source fares. */
export function Source({ name }: { name: string }) {
  const { can } = useViewer();
  return (
    <>
      <PageHead title={name}>
        <PageLink href="/settings/sources" className="text-accent underline underline-offset-3">
          All sources
        </PageLink>
      </PageHead>
      {can.admin ? (
        <ForAdmins name={name} />
      ) : (
        <Note>How sources fare is for admins of the instance.</Note>
      )}
    </>
  );
}

function ForAdmins({ name }: { name: string }) {
  const query = useQuery({ ...sourceHealthQuery(name), refetchInterval: freshMilliseconds });
  return (
    <Answered query={query} lines={8}>
      {(health) => (
        <div className="grid gap-3">
          <Health health={health} pill={<StatePill state={health.state} />} />
          <Arrivals hours={health.hours} />
          <Outcomes source={name} outcomes={health.outcomes} />
        </div>
      )}
    </Answered>
  );
}
