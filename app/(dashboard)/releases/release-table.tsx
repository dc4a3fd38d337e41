"use client";

import { serviceHref } from "@/app/_deployments/naming";
import { formatCount } from "@/app/_ui/format";
import { OutsideLink } from "@/app/_ui/outside-link";
import { RowsInSight } from "@/app/_ui/rows-in-sight";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { ReleaseAnswer } from "@/lib/http/fact-answers";

const columns = 6;
const rowHeight = 36;

export function ReleaseTable({ items }: { items: ReleaseAnswer[] }) {
  return (
    <Table label="Releases">
      <thead>
        <tr>
          <Head>Released</Head>
          <Head>Service</Head>
          <Head>What</Head>
          <Head>Environment</Head>
          <Head>Now</Head>
          <Head>Author</Head>
        </tr>
      </thead>
      <RowsInSight items={items} columns={columns} rowHeight={rowHeight}>
        {(release) => <Row key={release.id} release={release} />}
      </RowsInSight>
    </Table>
  );
}

function Row({ release }: { release: ReleaseAnswer }) {
  const { service, environment, subject, author } = release;
  return (
    <tr className="hover:bg-sunken">
      <Cell className="whitespace-nowrap">
        <Moment at={release.at} style="moment" />
      </Cell>
      <Cell className="whitespace-nowrap">
        <PageLink href={serviceHref(service, environment)} className="link">
          {service}
        </PageLink>
      </Cell>
      <Cell className="min-w-40">
        <span className="text-muted">{subject}</span>{" "}
        <b className="font-semibold">{nameOf(release)}</b>{" "}
        <OutsideLink href={release.url} className="link text-muted">
          open
        </OutsideLink>
      </Cell>
      <Cell className="whitespace-nowrap">{environment}</Cell>
      <Cell className="whitespace-nowrap tabular">{stateOf(release)}</Cell>
      <Cell className="whitespace-nowrap">{author ?? <span className="text-muted">–</span>}</Cell>
    </tr>
  );
}

function nameOf({ flag, title, version }: ReleaseAnswer): string {
  return flag ?? title ?? version ?? "unnamed";
}

function stateOf({ enabled, percent }: ReleaseAnswer): string {
  if (enabled === false) return "off";
  if (percent !== null) return `${formatCount(percent)} %`;
  return enabled ? "on" : "–";
}
