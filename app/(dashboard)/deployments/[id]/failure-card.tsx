"use client";

import { Check } from "lucide-react";
import { reasonWords, stagesKnown } from "@/app/_deployments/failure-words";
import { deploymentHref, remedyNames } from "@/app/_deployments/naming";
import { incidentHref } from "@/app/_incidents/naming";
import { buttonClass } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { formatSeconds } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";

type FailureOf = NonNullable<DeploymentAnswer["failure"]>;

/** Why it counts as failed, what was tried in which order, and where the time went. */
export function FailureCard({ failure }: { failure: FailureOf }) {
  return (
    <Card edge="bad">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="mr-auto text-lg font-bold">Failed: {reasonWords(failure.reason)}</h2>
        {failure.incident && (
          <PageLink href={incidentHref(failure.incident)} className={buttonClass()}>
            The incident
          </PageLink>
        )}
      </header>
      <p className="text-muted">
        {failure.restoredAt ? (
          <>
            Restored <Moment at={failure.restoredAt} style="moment" /> after{" "}
            <b className="text-ink">{formatSeconds(failure.recoverySeconds)}</b>
          </>
        ) : (
          "Not restored yet"
        )}
      </p>
      <Stages failure={failure} />
      <Remedies failure={failure} />
    </Card>
  );
}

const shades = ["bg-warning", "bg-bad", "bg-accent", "bg-good"];

function Stages({ failure }: { failure: FailureOf }) {
  const stages = stagesKnown(failure);
  const whole = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  if (whole === 0) return null;
  return (
    <section aria-label="Where the recovery's time went" className="mt-2">
      <div aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-full">
        {stages.map(({ name, seconds }, index) => (
          <span
            key={name}
            className={shades[index]}
            style={{ width: `${Math.max(1, (seconds / whole) * 100)}%` }}
          />
        ))}
      </div>
      <dl className="mt-1.5 grid grid-cols-2 gap-x-3 sm:grid-cols-4">
        {stages.map(({ name, says, seconds }, index) => (
          <div key={name}>
            <dt className="flex items-center gap-1.5 text-muted">
              <span aria-hidden="true" className={`size-2 rounded-full ${shades[index]}`} />
              {name}
            </dt>
            <dd>
              <b className="font-semibold tabular">{formatSeconds(seconds)}</b>
              <span className="block text-sm text-muted">{says}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Remedies({ failure: { remedies } }: { failure: FailureOf }) {
  if (remedies.length === 0)
    return <p className="mt-2 text-muted">No remedy has been tried yet.</p>;
  return (
    <ol aria-label="Remedies in the order tried" className="mt-2.5">
      {remedies.map((remedy, index) => (
        <li
          key={`${remedy.kind} ${remedy.startedAt}`}
          className="flex flex-wrap items-center gap-x-2 border-t border-grid py-1.5"
        >
          <span className="text-muted tabular">{index + 1}.</span>
          {remedy.deployment ? (
            <PageLink href={deploymentHref(remedy.deployment)} className="link font-semibold">
              {remedyNames[remedy.kind]}
            </PageLink>
          ) : (
            <span className="font-semibold">{remedyNames[remedy.kind]}</span>
          )}
          <span className="text-muted">
            <Moment at={remedy.startedAt} style="seconds" />
            {remedy.finishedAt && (
              <>
                {" "}
                to <Moment at={remedy.finishedAt} style="seconds" />
              </>
            )}
          </span>
          {remedy.held && (
            <Pill tone="good">
              <Check aria-hidden="true" size={12} /> held
            </Pill>
          )}
        </li>
      ))}
    </ol>
  );
}
