"use client";

import { Builds } from "@/app/(dashboard)/_cockpit/builds";
import { LastPushes } from "@/app/(dashboard)/_cockpit/last-pushes";
import { OpenIncidents } from "@/app/(dashboard)/_cockpit/open-incidents";
import { Rolling } from "@/app/(dashboard)/_cockpit/rolling";
import { Today } from "@/app/(dashboard)/_cockpit/today";
import { Welcome } from "@/app/(dashboard)/_cockpit/welcome";
import { WhatRunsWhere } from "@/app/(dashboard)/_cockpit/what-runs-where";

export function Cockpit() {
  return (
    <>
      <h1 className="sr-only">Cockpit</h1>
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_360px]">
        <div className="grid min-w-0 content-start gap-3">
          <Welcome />
          <OpenIncidents />
          <Today />
          <Rolling />
          <Builds />
          <WhatRunsWhere />
        </div>
        <LastPushes />
      </div>
    </>
  );
}
