"use client";

import { DeploymentBadges } from "@/app/_deployments/badges";
import { deploymentHref, momentOf, serviceHref, versionName } from "@/app/_deployments/naming";
import { SeveralSources } from "@/app/_identity/several-sources";
import { formatSeconds } from "@/app/_ui/format";
import { RowsInSight } from "@/app/_ui/rows-in-sight";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";

const columns = 9;
const rowHeight = 50;

export function DeploymentTable({ items }: { items: DeploymentAnswer[] }) {
  return (
    <Table label="Deployments">
      <thead>
        <tr>
          <Head>Finished</Head>
          <Head>Service</Head>
          <Head>Version</Head>
          <Head>Environment</Head>
          <Head>What it was</Head>
          <Head>Why</Head>
          <Head className="text-right">Changes</Head>
          <Head className="text-right">Took</Head>
          <Head>Author</Head>
        </tr>
      </thead>
      <RowsInSight items={items} columns={columns} rowHeight={rowHeight}>
        {(deployment) => <Row key={deployment.id} deployment={deployment} />}
      </RowsInSight>
    </Table>
  );
}

function Row({ deployment }: { deployment: DeploymentAnswer }) {
  const { service, environment, changeCount, durationSeconds, author } = deployment;
  return (
    <tr className="hover:bg-sunken" style={{ height: rowHeight }}>
      <Cell className="whitespace-nowrap">
        <Moment at={momentOf(deployment)} style="moment" />
      </Cell>
      <Cell className="whitespace-nowrap">
        <PageLink href={serviceHref(service, environment)} className="link">
          {service}
        </PageLink>
      </Cell>
      <Cell className="whitespace-nowrap">
        <PageLink href={deploymentHref(deployment.id)} className="link font-semibold">
          {versionName(deployment)}
        </PageLink>{" "}
        <SeveralSources sources={deployment.sources} />
      </Cell>
      <Cell className="whitespace-nowrap">{environment}</Cell>
      <Cell>
        <DeploymentBadges deployment={deployment} quiet />
      </Cell>
      <Cell className="min-w-56">
        <Why deployment={deployment} />
      </Cell>
      <Cell className="text-right tabular">
        {changeCount ?? <span className="text-muted">unknown</span>}
      </Cell>
      <Cell className="text-right whitespace-nowrap tabular">{formatSeconds(durationSeconds)}</Cell>
      <Cell className="whitespace-nowrap">{author ?? <span className="text-muted">–</span>}</Cell>
    </tr>
  );
}

/** Two lines at most, so that rows are alike; all of it on hover, and on the deployment's page. */
function Why({ deployment: { reasons, correction } }: { deployment: DeploymentAnswer }) {
  const sayings = [
    ...(correction ? [`corrected by ${correction.actor}: ${correction.note}`] : []),
    ...gravestFirst(reasons).filter((reason) => !correction || !/a person('s| said)/.test(reason)),
  ];
  if (sayings.length === 0) return <span className="text-muted">–</span>;
  return (
    <span className="line-clamp-2 text-sm text-muted" title={sayings.join("\n")}>
      {sayings.join("; ")}
    </span>
  );
}

/** What made it fail or undid it before what it was. */
function gravestFirst(reasons: readonly string[]): string[] {
  const isGrave = (reason: string) => /^(failed|not failed|withdrawn|changes unknown)/.test(reason);
  return [...reasons.filter(isGrave), ...reasons.filter((reason) => !isGrave(reason))];
}
