"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { postAnswer } from "@/app/_query/answer";
import { Card } from "@/app/_ui/card";
import { formatCount, plural } from "@/app/_ui/format";
import { More } from "@/app/_ui/more";
import { Pill } from "@/app/_ui/pill";
import { Failure, Skeleton } from "@/app/_ui/states";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { ReplayPreviewAnswer } from "@/lib/http/replay-answers";

const tones = { appears: "good", changes: "accent", vanishes: "bad" } as const;

/** Which facts reading again would change, of the newest deliveries; nothing is stored. */
export function ReplayPreview({ source }: { source: string }) {
  const path = `/api/v1/sources/${encodeURIComponent(source)}/replay/preview`;
  const query = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam: cursor }) => postAnswer<ReplayPreviewAnswer>(path, { cursor }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    retry: false,
  });
  const [first] = query.data?.pages ?? [];
  return (
    <Card title="What would change">
      {query.error ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : first ? (
        <>
          <Summary preview={first} />
          <Facts items={query.data?.pages.flatMap(({ items }) => items) ?? []} />
          <More
            hasMore={query.hasNextPage}
            loading={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </>
      ) : (
        <Skeleton lines={6} />
      )}
    </Card>
  );
}

function Summary({ preview: { kept, looked, outcomes, facts } }: { preview: ReplayPreviewAnswer }) {
  const { appears, changes, vanishes } = facts;
  return (
    <div className="mb-2 space-y-1">
      <p>
        {looked < kept
          ? `Of ${formatCount(kept)} kept deliveries the newest ${formatCount(looked)} were looked at: `
          : `${plural(kept, "kept delivery", "kept deliveries")} looked at, which is all: `}
        <b className="font-semibold">
          {plural(appears, "fact")} would appear, {formatCount(changes)} change,{" "}
          {formatCount(vanishes)} vanish.
        </b>
      </p>
      {outcomes.map(({ from, to, deliveries }) => (
        <p key={`${from} ${to}`} className="text-muted">
          {plural(deliveries, "delivery", "deliveries")}: {from}
          {from === to ? ", with other words" : `, then ${to}`}
        </p>
      ))}
    </div>
  );
}

function Facts({ items }: { items: ReplayPreviewAnswer["items"] }) {
  if (items.length === 0) return null;
  return (
    <Table label="Facts that would change" stacked>
      <thead>
        <tr>
          <Head>Fact</Head>
          <Head>It</Head>
          <Head>Members</Head>
        </tr>
      </thead>
      <tbody>
        {items.map(({ noun, id, key, change, members }) => (
          <tr key={`${noun} ${id}`}>
            <Cell label="Fact" className="[overflow-wrap:anywhere]">
              {noun.replaceAll("_", " ")} <code className="font-mono text-sm">{key}</code>
            </Cell>
            <Cell label="It">
              <Pill tone={tones[change]}>{change}</Pill>
            </Cell>
            <Cell label="Members" className="[overflow-wrap:anywhere]">
              {change === "changes"
                ? members.map((member) => <Member key={member.name} {...member} />)
                : members.map(({ name }) => name).join(", ")}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Member({ name, before, after }: ReplayPreviewAnswer["items"][number]["members"][number]) {
  return (
    <span className="block">
      {name}: <del className="text-muted">{worded(before)}</del> → {worded(after)}
    </span>
  );
}

function worded(value: unknown): string {
  if (value === null || value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
