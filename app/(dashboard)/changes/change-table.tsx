"use client";

import {
  deploymentHref,
  serviceHref,
  shortRevision,
  subjectOf,
  versionName,
} from "@/app/_deployments/naming";
import { formatSeconds } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { RowsInSight } from "@/app/_ui/rows-in-sight";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { ChangeAnswer } from "@/lib/http/fact-answers";
import { StageStrip } from "./stage-strip";

const columns = 7;
const rowHeight = 50;

export function ChangeTable({ items }: { items: ChangeAnswer[] }) {
  return (
    <Table label="Changes">
      <thead>
        <tr>
          <Head>Shipped</Head>
          <Head>Change</Head>
          <Head>Author</Head>
          <Head>With</Head>
          <Head className="text-right">Lead time</Head>
          <Head>Stages</Head>
          <Head>Why</Head>
        </tr>
      </thead>
      <RowsInSight items={items} columns={columns} rowHeight={rowHeight}>
        {(change) => <Row key={keyOf(change)} change={change} />}
      </RowsInSight>
    </Table>
  );
}

function keyOf({ deployment, repository, revision }: ChangeAnswer): string {
  return `${deployment} ${repository} ${revision}`;
}

function Row({ change }: { change: ChangeAnswer }) {
  const { revision, pullRequest, service, environment, leadTimeSeconds, reasons } = change;
  return (
    <tr className="hover:bg-sunken" style={{ height: rowHeight }}>
      <Cell className="whitespace-nowrap">
        <Moment at={change.finishedAt} style="moment" />
      </Cell>
      <Cell className="min-w-56">
        <PageLink href={changeHref(change)} className="link line-clamp-1 font-semibold">
          {subjectOf(change.message) ?? shortRevision(revision)}
        </PageLink>
        <span className="text-muted">
          <span className="font-mono text-sm">{shortRevision(revision)}</span>
          {pullRequest !== null && ` #${pullRequest}`}
        </span>
      </Cell>
      <Cell className="whitespace-nowrap">
        {change.author ?? <span className="text-muted">–</span>}
      </Cell>
      <Cell className="whitespace-nowrap">
        <PageLink href={serviceHref(service, environment)} className="link">
          {service}
        </PageLink>{" "}
        <PageLink href={deploymentHref(change.deployment)} className="link font-semibold">
          {versionName({ version: change.version, revision })}
        </PageLink>
        <span className="block text-muted">{environment}</span>
      </Cell>
      <Cell className="text-right font-semibold whitespace-nowrap tabular">
        {formatSeconds(leadTimeSeconds)}
        {change.anomaly && (
          <span className="block">
            <Pill tone="warning">anomaly</Pill>
          </span>
        )}
      </Cell>
      <Cell className="min-w-36">
        <StageStrip change={change} />
      </Cell>
      <Cell className="min-w-48">
        <span className="line-clamp-2 text-sm text-muted" title={reasons.join("\n")}>
          {reasons.join("; ")}
        </span>
      </Cell>
    </tr>
  );
}

function changeHref({ revision, repository }: ChangeAnswer): string {
  return `/changes/${revision}?repository=${encodeURIComponent(repository)}`;
}
