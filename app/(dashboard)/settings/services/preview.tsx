"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { deploymentHref, shortRevision, subjectOf } from "@/app/_deployments/naming";
import { AnswerProblem, postAnswer } from "@/app/_query/answer";
import { usePaused } from "@/app/_settings/use-paused";
import { Answered } from "@/app/_ui/answered";
import { formatCount, plural } from "@/app/_ui/format";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { RulePreviewAnswer, ServiceRuleAnswer } from "@/lib/http/settings-answers";

type Rule = Omit<ServiceRuleAnswer, "provisioned">;

const pauseMilliseconds = 400;
/** As many examples as can be looked through. */
const shown = 6;

/** What a rule would match and move of the last 90 days; nothing is written. */
export function Preview({ rule }: { rule: Rule }) {
  const asked = usePaused(JSON.stringify(rule), pauseMilliseconds);
  const { name, repository } = JSON.parse(asked) as Rule;
  const query = useQuery({
    queryKey: ["/api/v1/service-rules/preview", asked],
    queryFn: () =>
      postAnswer<RulePreviewAnswer>("/api/v1/service-rules/preview", JSON.parse(asked)),
    enabled: name !== "",
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-label="Preview" className="min-w-0 self-start rounded-md bg-sunken px-3.5 py-3">
      <h3 className="mb-1 font-semibold">What it would match</h3>
      {name === "" ? (
        <p className="text-muted">Name the service to see what the rule would match.</p>
      ) : (
        <div aria-live="polite" aria-busy={query.isFetching} className="space-y-3">
          {query.error instanceof AnswerProblem && query.error.fields.length > 0 ? (
            <Refused fields={query.error.fields} />
          ) : (
            <Answered query={query} lines={4}>
              {({ deployments, changes }) => (
                <>
                  <Deployments name={name} deployments={deployments} />
                  <Changes name={name} repository={repository} changes={changes} />
                </>
              )}
            </Answered>
          )}
        </div>
      )}
    </section>
  );
}

/** Half-typed globs are refused all the time: said quietly, with nothing to try again. */
function Refused({ fields }: { fields: AnswerProblem["fields"] }) {
  return (
    <ul className="text-muted">
      {fields.map(({ field, expected }) => (
        <li key={field}>
          {titles[field.replace(/\.\d+$/, "")] ?? field}: {expected}
        </li>
      ))}
    </ul>
  );
}

const titles: Record<string, string> = {
  name: "Name",
  repository: "Repository",
  team: "Team",
  dependsOn: "Depends on",
  paths: "Paths",
  deployments: "Deployed as",
};

function Deployments({
  name,
  deployments: { matched, moved, seen, complete, examples },
}: {
  name: string;
  deployments: RulePreviewAnswer["deployments"];
}) {
  return (
    <div>
      <p>
        <b className="font-semibold">{plural(matched, "deployment")}</b> of the last 90 days would
        be
        {` ${name}'s`}.{" "}
        {moved === 0
          ? "None would change its service."
          : `${plural(moved, "deployment")} would change service:`}
        <Partly seen={seen} complete={complete} what="deployments" />
      </p>
      <Examples more={moved - Math.min(moved, shown)}>
        {examples.slice(0, shown).map(({ id, named, environment, at, from, to }) => (
          <li key={id}>
            <PageLink
              href={deploymentHref(id)}
              className="text-accent underline underline-offset-3"
            >
              {from} → {to}
            </PageLink>
            <span className="text-muted">
              {" "}
              {named} in {environment}, <Moment at={at} />
            </span>
          </li>
        ))}
      </Examples>
    </div>
  );
}

function Changes({
  name,
  repository,
  changes: { matched, seen, complete, examples },
}: {
  name: string;
  repository: string | null;
  changes: RulePreviewAnswer["changes"];
}) {
  if (repository === null)
    return <p className="text-muted">With a repository, its changes are counted here too.</p>;
  return (
    <div>
      <p>
        <b className="font-semibold">{plural(matched, "change")}</b> of {repository} would be
        {` ${name}'s`}.
        <Partly seen={seen} complete={complete} what="changes" />
      </p>
      <Examples more={0}>
        {examples.slice(0, shown).map(({ revision, message, paths }) => (
          <li key={revision}>
            <code className="font-mono text-sm">{shortRevision(revision)}</code>{" "}
            {subjectOf(message) ?? "no message"}
            <span className="block truncate font-mono text-sm text-muted">{paths.join(", ")}</span>
          </li>
        ))}
      </Examples>
    </div>
  );
}

function Partly({ seen, complete, what }: { seen: number; complete: boolean; what: string }) {
  if (complete) return null;
  return (
    <span className="text-muted">
      {" "}
      (of the newest {formatCount(seen)} {what}: there are more than can be compared at once)
    </span>
  );
}

function Examples({ more, children }: { more: number; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <ul className="mt-1 space-y-1 text-sm">
      {children}
      {more > 0 && <li className="text-muted">and {formatCount(more)} more</li>}
    </ul>
  );
}
