"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleX } from "lucide-react";
import { shortRevision } from "@/app/_deployments/naming";
import { mainBranchesQuery } from "@/app/_query/queries";
import { Card } from "@/app/_ui/card";
import { formatCount, plural } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { Ago, Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { MainBranchAnswer } from "@/lib/http/slo-answers";

const shownAtMost = 12;

/** Which main branches are red, and how the others were mended the last time. */
export function MainBranches({ repository }: { repository: string | null }) {
  const items = useQuery(mainBranchesQuery({ repository })).data?.items ?? [];
  const red = items.filter(({ state }) => state === "red");
  const mended = items.filter((item) => item.mended !== null && item.state !== "red");
  if (items.length === 0) return null;
  return (
    <Card
      title="Main branches"
      edge={red.length > 0 ? "bad" : "good"}
      aside={
        <span className="text-sm text-muted">
          {red.length > 0
            ? `${formatCount(red.length)} of ${formatCount(items.length)} red`
            : `${plural(items.length, "main branch is", "main branches are")} green`}
        </span>
      }
    >
      {red.length > 0 && (
        <ul className="space-y-1">
          {red.map((item) => (
            <li key={item.repository} className="flex flex-wrap items-center gap-x-2">
              <CircleX aria-hidden="true" size={15} className="text-bad" />
              <span className="font-semibold [overflow-wrap:anywhere]">{item.repository}</span>
              <span>
                {item.branch} is red since <Moment at={item.since} />
                {item.since && (
                  <>
                    , for <Ago at={item.since} suffix="" />
                  </>
                )}
                , broken by <Revision revision={item.brokenBy?.revision ?? null} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {mended.length > 0 && (
        <details className={red.length > 0 ? "mt-2" : undefined}>
          <summary className="cursor-pointer text-muted">How the others were mended</summary>
          <Mended items={mended.slice(0, shownAtMost)} />
        </details>
      )}
    </Card>
  );
}

const mendedWords = { revert: "a revert", fix: "a fix" };

function Mended({ items }: { items: readonly MainBranchAnswer[] }) {
  return (
    <Table label="How main branches were mended">
      <thead>
        <tr>
          <Head>Repository</Head>
          <Head>Green since</Head>
          <Head>Broken by</Head>
          <Head>Mended by</Head>
        </tr>
      </thead>
      <tbody>
        {items.map(({ repository, since, brokenBy, mended }) => (
          <tr key={repository}>
            <Cell>{repository}</Cell>
            <Cell>
              <Moment at={since} />
            </Cell>
            <Cell>
              <Revision revision={brokenBy?.revision ?? null} />
            </Cell>
            <Cell>
              {mended?.by ? (
                <>
                  {mendedWords[mended.by]}, <Revision revision={mended.revision} />
                </>
              ) : (
                "no change: it passed when built again"
              )}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Revision({ revision }: { revision: string | null }) {
  if (revision === null) return "an unknown revision";
  return (
    <PageLink href={`/changes/${encodeURIComponent(revision)}`} className="link font-mono text-sm">
      {shortRevision(revision)}
    </PageLink>
  );
}
