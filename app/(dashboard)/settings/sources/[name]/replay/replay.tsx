"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { postAnswer } from "@/app/_query/answer";
import { replayQuery } from "@/app/_query/queries";
import { useSending } from "@/app/_settings/use-sending";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { ConfirmButton } from "@/app/_ui/confirm";
import { formatCount, plural } from "@/app/_ui/format";
import { PageHead } from "@/app/_ui/page-head";
import { announce } from "@/app/_ui/toasts";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { ReplayAnswer } from "@/lib/http/replay-answers";
import { ReplayPreview } from "./replay-preview";

const askAgainMilliseconds = 2_000;

/** Reading all that is kept of a source once more, and what that would change. */
export function Replay({ source }: { source: string }) {
  const query = useQuery({
    ...replayQuery(source),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? askAgainMilliseconds : false),
  });
  const [previewed, setPreviewed] = useState(false);
  const path = `/api/v1/sources/${encodeURIComponent(source)}/replay`;
  const begin = useSending(
    () => postAnswer(path, {}),
    [path, "/api/v1/work"],
    () => announce(`All that ${source} sent is being read again.`),
  );
  return (
    <>
      <PageHead title={`Read again what ${source} sent`}>
        <PageLink href="/settings/sources" className="text-accent underline underline-offset-3">
          All sources
        </PageLink>
      </PageHead>
      <div className="space-y-3">
        <Card title="After a reader was put right">
          <p className="max-w-prose">
            What arrived is kept as it came. It can be read again by today's reader: what comes to
            something else takes the place of what was, and nothing else is touched.
          </p>
          <div className="mt-2 flex flex-wrap items-center gap-2">
            <Button onClick={() => setPreviewed(true)} disabled={previewed}>
              See what would change
            </Button>
            <ConfirmButton
              title={`Read again all that ${source} sent?`}
              words="It goes on in the background; pages stay whole, and follow as it goes."
              action="Read it again"
              onConfirm={() => begin.mutateAsync(undefined)}
            >
              Read it again
            </ConfirmButton>
          </div>
          <Answered query={query} lines={1}>
            {({ replay }) => replay && <Last replay={replay} />}
          </Answered>
        </Card>
        {previewed && <ReplayPreview source={source} />}
      </div>
    </>
  );
}

function Last({ replay }: { replay: NonNullable<ReplayAnswer["replay"]> }) {
  const { done, total, changed, startedAt, finishedAt } = replay;
  return (
    <p className="mt-2 text-muted" aria-live="polite">
      {finishedAt === null ? (
        <>
          Since <Moment at={startedAt} />: {formatCount(done)} of {formatCount(total)} read,{" "}
          {plural(changed, "delivery", "deliveries")} came to something else.
        </>
      ) : (
        <>
          Last <Moment at={finishedAt} />: {plural(total, "delivery", "deliveries")} read,{" "}
          {formatCount(changed)} came to something else.
        </>
      )}
    </p>
  );
}

function isUnderWay(answer: ReplayAnswer | undefined): boolean {
  return answer?.replay?.finishedAt === null;
}
