import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { reasonWords } from "@/app/_deployments/failure-words";
import { deploymentHref, remedyNames, serviceHref } from "@/app/_deployments/naming";
import { incidentHref } from "@/app/_incidents/naming";
import { formatSeconds } from "@/app/_ui/format";
import { NoRows } from "@/app/_ui/no-rows";
import { PagedList } from "@/app/_ui/paged-list";
import { Pill } from "@/app/_ui/pill";
import { Select } from "@/app/_ui/select";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { Page } from "@/lib/http/answers";
import type { FailureAnswer } from "@/lib/http/insight-answers";
import { type Ending, endings } from "./questions";

const endingNames: Record<Ending, string> = {
  rollback: "rolled back",
  revert: "reverted",
  fix_forward: "fixed forward",
  flag_off: "flag switched off",
  none: "no remedy",
  open: "still open",
};

/** The failures themselves, each with what was tried in its order. */
export function Failures({
  query,
  heldBy,
  onChoose,
}: {
  query: UseInfiniteQueryResult<InfiniteData<Page<FailureAnswer>>>;
  heldBy: Ending | null;
  onChoose: (ending: string | null) => void;
}) {
  return (
    <section aria-label="Failures">
      <header className="mb-2 flex flex-wrap items-center gap-2">
        <h2 className="mr-auto">Failures and their remedies</h2>
        <Select
          aria-label="How they ended"
          data-control
          value={heldBy ?? ""}
          onChange={(event) => onChoose(event.target.value || null)}
        >
          <option value="">However they ended</option>
          {endings.map((ending) => (
            <option key={ending} value={ending}>
              {endingNames[ending]}
            </option>
          ))}
        </Select>
      </header>
      <PagedList query={query} empty={<NoRows title="No failures" filtered={heldBy !== null} />}>
        {(items) => (
          <ul className="divide-y divide-grid">
            {items.map((failure) => (
              <Failure key={failure.id} failure={failure} />
            ))}
          </ul>
        )}
      </PagedList>
    </section>
  );
}

function Failure({ failure }: { failure: FailureAnswer }) {
  const { id, service, environment, version, revision, at, reason, incident, remedies } = failure;
  return (
    <li className="py-2.5">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <PageLink href={deploymentHref(id)} className="link font-semibold">
          {service} {version ?? revision?.slice(0, 7) ?? ""}
        </PageLink>
        <span className="text-muted">
          <PageLink href={serviceHref(service)} className="link">
            {environment}
          </PageLink>
          , <Moment at={at} style="moment" />: {reasonWords(reason)}
        </span>
        {incident && (
          <PageLink href={incidentHref(incident.id)} className="link min-w-0 truncate">
            {incident.title}
          </PageLink>
        )}
        <span className="ml-auto text-muted tabular">
          {failure.restoredAt
            ? `restored after ${formatSeconds(failure.recoverySeconds)}`
            : "not restored yet"}
        </span>
      </p>
      <Tried remedies={remedies} />
    </li>
  );
}

function Tried({ remedies }: Pick<FailureAnswer, "remedies">) {
  if (remedies.length === 0) return <p className="mt-1 text-muted">No remedy was tried.</p>;
  return (
    <ol aria-label="Remedies in the order tried" className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
      {remedies.map((remedy, index) => (
        <li
          key={`${remedy.kind} ${remedy.startedAt}`}
          className="flex flex-wrap items-center gap-x-1.5"
        >
          <span className="text-muted tabular">{index + 1}.</span>
          {remedy.deployment ? (
            <PageLink href={deploymentHref(remedy.deployment)} className="link">
              {remedyNames[remedy.kind]}
            </PageLink>
          ) : (
            remedyNames[remedy.kind]
          )}
          {remedy.label && <span className="font-mono text-sm">{remedy.label}</span>}
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
