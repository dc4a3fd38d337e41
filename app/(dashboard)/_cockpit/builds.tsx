"use client";

import { useQuery } from "@tanstack/react-query";
import { Hammer } from "lucide-react";
import { shortRevision } from "@/app/_deployments/naming";
import { Card } from "@/app/_ui/card";
import { formatSeconds } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { Ago } from "@/app/_window/moment";
import {
  finishedBuildsQuestion,
  runningBuildsQuestion,
} from "@/app/(dashboard)/_cockpit/questions";
import type { BuildAnswer } from "@/lib/http/fact-answers";

/** Builds in progress, against how long the last ones of the same name took. */
export function Builds() {
  const running = useQuery(runningBuildsQuestion).data?.items ?? [];
  const finished = useQuery(finishedBuildsQuestion).data?.items ?? [];
  if (running.length === 0) return null;
  return (
    <Card title="Building now" padded={false}>
      <ul>
        {running.map((build) => (
          <li
            key={build.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-grid px-3.5 py-2"
          >
            <Hammer aria-hidden="true" size={14} className="text-muted" />
            <span className="font-semibold">{build.repository}</span>
            <span className="mr-auto text-muted">
              {build.name}
              {build.branch && ` · ${build.branch}`} ·{" "}
              <span className="font-mono text-sm">{shortRevision(build.revision) ?? ""}</span>
            </span>
            <Progress build={build} usual={usualSeconds(build, finished)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Progress({ build, usual }: { build: BuildAnswer; usual: number | null }) {
  const stage = build.stages.find(({ status }) => status === "running");
  if (build.startedAt === null) return <Pill>queued</Pill>;
  return (
    <>
      <span className="text-muted">
        <Ago at={build.startedAt} suffix="" />
        {usual !== null && ` of usual ${formatSeconds(usual)}`}
      </span>
      <Pill tone="accent">{stage?.name ?? "building"}</Pill>
    </>
  );
}

function usualSeconds(build: BuildAnswer, finished: BuildAnswer[]): number | null {
  const alike = finished
    .filter(({ repository, name }) => repository === build.repository && name === build.name)
    .flatMap(({ durationSeconds }) => durationSeconds ?? [])
    .sort((a, b) => a - b);
  return alike[Math.floor(alike.length / 2)] ?? null;
}
