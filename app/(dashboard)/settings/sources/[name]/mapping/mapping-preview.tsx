"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { OutcomePill } from "@/app/_deliveries/outcome-pill";
import { AnswerProblem, postAnswer } from "@/app/_query/answer";
import { usePaused } from "@/app/_settings/use-paused";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { Line } from "@/app/_ui/line";
import type { MappingPreviewAnswer } from "@/lib/http/replay-answers";

const pauseMilliseconds = 400;

/** What the rules make of a delivery, as they stand in the editor; nothing is stored. */
export function MappingPreview({
  source,
  mapping,
  delivery,
}: {
  source: string;
  mapping: string;
  delivery: string;
}) {
  const path = `/api/v1/sources/${encodeURIComponent(source)}/mapping/preview`;
  const asked = usePaused(mapping, pauseMilliseconds);
  const query = useQuery({
    queryKey: [path, asked, delivery],
    queryFn: () => postAnswer<MappingPreviewAnswer>(path, { mapping: asked, delivery }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <Card title="What comes of it">
      <div aria-live="polite" aria-busy={query.isFetching} className="space-y-3">
        {query.error instanceof AnswerProblem && query.error.fields.length > 0 ? (
          <ul className="space-y-1 text-muted">
            {query.error.fields.map(({ field, expected }) => (
              <li key={`${field} ${expected}`} className="[overflow-wrap:anywhere]">
                <b className="font-semibold">{field}</b>: {expected}
              </li>
            ))}
          </ul>
        ) : (
          <Answered query={query} lines={4}>
            {(answer) => <Told answer={answer} />}
          </Answered>
        )}
      </div>
    </Card>
  );
}

function Told({ answer: { outcome, error, facts } }: { answer: MappingPreviewAnswer }) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <OutcomePill outcome={outcome} />
        {error && <span className="[overflow-wrap:anywhere]">{error.detail}</span>}
      </p>
      {facts.map(({ id, noun, key, members }) => (
        <section key={`${noun} ${id}`} aria-label={`${noun} ${key}`}>
          <h3 className="font-semibold [overflow-wrap:anywhere]">
            {noun.replaceAll("_", " ")} <span className="font-mono text-sm">{key}</span>
          </h3>
          <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
            {Object.entries(members).map(([name, value]) => (
              <Line key={name} name={name}>
                <span className="[overflow-wrap:anywhere]">
                  {typeof value === "string" ? value : JSON.stringify(value)}
                </span>
              </Line>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
