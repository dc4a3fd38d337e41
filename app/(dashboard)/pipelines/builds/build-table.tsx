"use client";

import { formatSeconds } from "@/app/_ui/format";
import { OutsideLink } from "@/app/_ui/outside-link";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import type { BuildAnswer } from "@/lib/http/fact-answers";
import { RevisionLink, StatusPill } from "../run-cells";

export function BuildTable({ items }: { items: BuildAnswer[] }) {
  return (
    <Table label="Builds">
      <thead>
        <tr>
          <Head>Ended</Head>
          <Head>Repository</Head>
          <Head>Build</Head>
          <Head>Branch</Head>
          <Head>Revision</Head>
          <Head>Status</Head>
          <Head>Failed in</Head>
          <Head className="text-right">Waited</Head>
          <Head className="text-right">Took</Head>
          <Head>Run</Head>
        </tr>
      </thead>
      <tbody>
        {items.map((build) => (
          <Row key={build.id} build={build} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ build }: { build: BuildAnswer }) {
  const { repository, branch, queuedAt, startedAt, finishedAt, url } = build;
  const failed = build.stages.filter(({ status }) => status === "failed");
  return (
    <tr className="hover:bg-sunken">
      <Cell className="whitespace-nowrap">
        <Moment at={finishedAt ?? startedAt ?? queuedAt} style="moment" />
      </Cell>
      <Cell className="whitespace-nowrap">{repository}</Cell>
      <Cell className="min-w-28">
        {build.name}
        {build.attempt !== null && build.attempt > 1 && `, attempt ${build.attempt}`}
      </Cell>
      <Cell className="whitespace-nowrap">{branch ?? <span className="text-muted">–</span>}</Cell>
      <Cell>
        <RevisionLink revision={build.revision} repository={repository} />
      </Cell>
      <Cell>
        <StatusPill status={build.status} />
      </Cell>
      <Cell>{failed.map(({ name }) => name).join(", ")}</Cell>
      <Cell className="text-right whitespace-nowrap tabular">
        {formatSeconds(waited(queuedAt, startedAt))}
      </Cell>
      <Cell className="text-right whitespace-nowrap tabular">
        {formatSeconds(build.durationSeconds)}
      </Cell>
      <Cell>
        <OutsideLink href={url} className="link">
          Open
        </OutsideLink>
      </Cell>
    </tr>
  );
}

function waited(queuedAt: string | null, startedAt: string | null): number | null {
  if (queuedAt === null || startedAt === null) return null;
  const seconds = (Date.parse(startedAt) - Date.parse(queuedAt)) / 1000;
  return seconds < 0 ? null : seconds;
}
