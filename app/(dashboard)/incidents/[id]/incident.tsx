"use client";

import { useQuery } from "@tanstack/react-query";
import { incidentQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import type { IncidentAnswer } from "@/lib/http/answers";
import { Evidence } from "./evidence";
import { IncidentGraphs } from "./incident-graphs";
import { IncidentTitle } from "./incident-title";
import { OtherSuspects } from "./other-suspects";
import { Signs } from "./signs";
import { Timeline } from "./timeline";
import { useSuspects } from "./use-suspects";

/** Which deployment did this, and how to undo it. */
export function Incident({ id }: { id: string }) {
  const query = useQuery(incidentQuery(id));
  return (
    <Answered query={query} lines={10}>
      {(incident) => <Triage incident={incident} />}
    </Answered>
  );
}

function Triage({ incident }: { incident: IncidentAnswer }) {
  const suspects = useSuspects(incident);
  return (
    <>
      <IncidentTitle incident={incident} />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,44fr)_minmax(0,56fr)]">
        <div className="grid min-w-0 gap-3">
          <Evidence incident={incident} suspects={suspects} />
          <OtherSuspects suspects={suspects} />
          <Signs incident={incident} />
        </div>
        <div className="grid min-w-0 gap-3">
          <IncidentGraphs incident={incident} />
          <Timeline incident={incident} suspects={suspects.answer} />
        </div>
      </div>
    </>
  );
}
