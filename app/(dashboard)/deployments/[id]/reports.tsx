"use client";

import { ExternalLink } from "lucide-react";
import { deploymentHref, shortRevision } from "@/app/_deployments/naming";
import { HeldApart, HeldApartList } from "@/app/_identity/held-apart";
import { PartButton } from "@/app/_identity/part-button";
import type { Whole } from "@/app/_identity/use-separation";
import { whyOne } from "@/app/_identity/why-one";
import { useMayWrite } from "@/app/_shell/may-write";
import { SourceGlyph } from "@/app/_sources/source-glyph";
import { buttonClass } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { OutsideLink } from "@/app/_ui/outside-link";
import { Pill, type Tone } from "@/app/_ui/pill";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { DeploymentAnswer } from "@/lib/http/answers";

type Report = DeploymentAnswer["sources"][number];

/** Who reported the deployment, each in its own words; whoever may judge parts what was joined. */
export function Reports({ deployment }: { deployment: DeploymentAnswer }) {
  const { id, service, sources, separated } = deployment;
  const mayWrite = useMayWrite(service);
  const whole: Whole = { kind: "deployment", id };
  const others = { whole, mayWrite };
  return (
    <Card title="Reported by" padded={false}>
      {sources.length > 1 && (
        <p className="px-3.5 pb-2 text-muted">
          {sources.length} sources report it, and it counts as one deployment by {whyOne(sources)}.
        </p>
      )}
      <ul aria-label="Reports" className="pb-1.5">
        {sources.map((report) => (
          <Row key={report.id} report={report} of={deployment}>
            {sources.length > 1 && mayWrite && (
              <PartButton whole={whole} member={report.id} name={nameOf(report)}>
                It gets a page, a class and figures of its own; this one keeps what the others
                report. Your word outranks the rule, is kept through a rebuild, and can be taken
                back here.
              </PartButton>
            )}
            {report.apart && (
              <HeldApart {...others} member={report.id} name={nameOf(report)} word={report.apart} />
            )}
          </Row>
        ))}
      </ul>
      {separated.length > 0 && (
        <HeldApartList>
          {separated.map((report) => (
            <Row key={report.id} report={report} of={deployment}>
              <PageLink
                href={deploymentHref(report.id)}
                className="text-accent underline underline-offset-3"
              >
                Its own page
              </PageLink>
              {report.apart && (
                <HeldApart
                  {...others}
                  member={report.id}
                  name={nameOf(report)}
                  word={report.apart}
                />
              )}
            </Row>
          ))}
        </HeldApartList>
      )}
    </Card>
  );
}

const tones: Record<Report["status"], Tone> = {
  queued: "plain",
  running: "accent",
  succeeded: "good",
  failed: "bad",
  canceled: "plain",
};

function Row({
  report,
  of,
  children,
}: {
  report: Report;
  of: DeploymentAnswer;
  children: React.ReactNode;
}) {
  const { source, key, status, startedAt, finishedAt, url } = report;
  return (
    <li className="border-t border-grid px-3.5 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <SourceGlyph source={source} />
        <b className="font-semibold">{source}</b>
        <Pill tone={tones[status]}>{status}</Pill>
        <code className="min-w-0 font-mono text-sm [overflow-wrap:anywhere] text-muted">{key}</code>
        <OutsideLink href={url} className={`ml-auto ${buttonClass("quiet")}`}>
          <ExternalLink aria-hidden="true" size={14} /> Open at {source}
        </OutsideLink>
      </div>
      <p className="text-sm text-muted">
        started <Moment at={startedAt} style="seconds" />
        {finishedAt && (
          <>
            , finished <Moment at={finishedAt} style="seconds" />
          </>
        )}
      </p>
      <Differing report={report} of={of} />
      <div className="flex flex-wrap items-center gap-x-2">{children}</div>
    </li>
  );
}

/** What the report says of the deployment otherwise than the whole. */
function Differing({ report, of }: { report: Report; of: DeploymentAnswer }) {
  const names = ["revision", "artifact", "version", "author"] as const;
  const differing = names.filter((name) => report[name] !== null && report[name] !== of[name]);
  if (differing.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-3 text-sm">
      {differing.map((name) => (
        <div key={name} className="flex min-w-0 gap-1">
          <dt className="text-muted">its {name}</dt>
          <dd className="min-w-0 font-mono [overflow-wrap:anywhere]" title={report[name] ?? ""}>
            {name === "revision" ? shortRevision(report[name]) : report[name]}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function nameOf({ source, key }: Report): string {
  return `${source} ${key}`;
}
