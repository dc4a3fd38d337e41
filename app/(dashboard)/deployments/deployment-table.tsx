"use client";

import { DeploymentBadges } from "@/app/_deployments/badges";
import { deploymentHref, momentOf, serviceHref, versionName } from "@/app/_deployments/naming";
import { formatSeconds } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { useRowsInSight } from "@/app/_ui/use-rows-in-sight";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";

const columns = 8;

/** Every row up to 500; of more than that, those in sight. */
export function DeploymentTable({ items }: { items: DeploymentAnswer[] }) {
  const { body, rows, before, after } = useRowsInSight(items.length, 36);
  return (
    <Table label="Deployments">
      <thead>
        <tr>
          <Head>Finished</Head>
          <Head>Service</Head>
          <Head>Version</Head>
          <Head>Environment</Head>
          <Head>What it was</Head>
          <Head className="text-right">Changes</Head>
          <Head className="text-right">Took</Head>
          <Head>Author</Head>
        </tr>
      </thead>
      <tbody ref={body}>
        <Spacer height={before} />
        {rows.map((index) => {
          const deployment = items[index];
          return deployment && <Row key={deployment.id} deployment={deployment} />;
        })}
        <Spacer height={after} />
      </tbody>
    </Table>
  );
}

function Spacer({ height }: { height: number }) {
  if (height === 0) return null;
  return (
    <tr>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function Row({ deployment }: { deployment: DeploymentAnswer }) {
  const { service, environment, changeCount, durationSeconds, author } = deployment;
  return (
    <tr className="hover:bg-sunken">
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
        </PageLink>
      </Cell>
      <Cell className="whitespace-nowrap">{environment}</Cell>
      <Cell>
        <DeploymentBadges deployment={deployment} quiet />
      </Cell>
      <Cell className="text-right tabular">
        {changeCount ?? <span className="text-muted">unknown</span>}
      </Cell>
      <Cell className="text-right whitespace-nowrap tabular">{formatSeconds(durationSeconds)}</Cell>
      <Cell className="whitespace-nowrap">{author ?? <span className="text-muted">–</span>}</Cell>
    </tr>
  );
}
