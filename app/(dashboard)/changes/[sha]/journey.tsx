"use client";

import { useQuery } from "@tanstack/react-query";
import { shortRevision, subjectOf } from "@/app/_deployments/naming";
import { journeyQuery } from "@/app/_query/queries";
import { Answered } from "@/app/_ui/answered";
import { Card } from "@/app/_ui/card";
import { formatSeconds } from "@/app/_ui/format";
import { OutsideLink } from "@/app/_ui/outside-link";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { JourneyAnswer } from "@/lib/http/fact-answers";
import { stationsOf } from "./stations";

/** One commit on its way from its first keystroke known to every environment. */
export function Journey({ sha, repository }: { sha: string; repository?: string }) {
  const query = useQuery(journeyQuery(sha, repository));
  return (
    <Answered query={query} lines={10}>
      {(journey) => (
        <>
          <Title journey={journey} />
          <Card title="Journey" padded={false}>
            <Stations journey={journey} />
          </Card>
        </>
      )}
    </Answered>
  );
}

function Title({ journey }: { journey: JourneyAnswer }) {
  const { revision, repository, message, author, pullRequest } = journey;
  return (
    <header className="mb-3">
      <h1>{subjectOf(message) ?? `Change ${shortRevision(revision)}`}</h1>
      <p className="text-muted">
        <span className="font-mono text-sm">{revision.slice(0, 12)}</span> · {repository}
        {author && ` · ${author}`}
        {pullRequest?.url && (
          <>
            {" · "}
            <OutsideLink
              href={pullRequest.url}
              className="text-accent underline underline-offset-3"
            >
              #{pullRequest.number} {pullRequest.title}
            </OutsideLink>
          </>
        )}
      </p>
    </header>
  );
}

function Stations({ journey }: { journey: JourneyAnswer }) {
  const stations = stationsOf(journey);
  return (
    <ol className="pb-2">
      {stations.map((station, index) => {
        const before = stations[index - 1];
        const waited = before ? (Date.parse(station.at) - Date.parse(before.at)) / 1_000 : null;
        return (
          <li
            key={`${station.at} ${station.words}`}
            className="grid grid-cols-[150px_minmax(0,1fr)_auto] gap-x-3 border-t border-grid px-3.5 py-2 max-sm:grid-cols-[100px_minmax(0,1fr)]"
          >
            <span className="text-muted">
              <Moment at={station.at} style="moment" />
              {waited !== null && waited > 0 && (
                <span className="block text-sm">+{formatSeconds(waited)}</span>
              )}
            </span>
            <span>
              {station.href ? (
                <PageLink href={station.href} className="link font-semibold">
                  {station.words}
                </PageLink>
              ) : (
                <span className="font-semibold">{station.words}</span>
              )}
              {station.note && <span className="block text-muted">{station.note}</span>}
            </span>
            {station.leadTimeSeconds !== undefined && station.leadTimeSeconds !== null && (
              <span className="text-muted tabular max-sm:col-start-2">
                lead time {formatSeconds(station.leadTimeSeconds)}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
