"use client";

import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { HeldApart, HeldApartList } from "@/app/_identity/held-apart";
import { PartButton } from "@/app/_identity/part-button";
import type { Whole } from "@/app/_identity/use-separation";
import { incidentHref } from "@/app/_incidents/naming";
import { useMayWrite } from "@/app/_shell/may-write";
import { SourceGlyph } from "@/app/_sources/source-glyph";
import { buttonClass } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { plural } from "@/app/_ui/format";
import { OutsideLink } from "@/app/_ui/outside-link";
import { Pill } from "@/app/_ui/pill";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { IncidentAnswer } from "@/lib/http/answers";

type Sign = IncidentAnswer["signs"][number];

/** Everything that says something is wrong, with whom it is from; whoever may judge parts what was joined. */
export function Signs({ incident }: { incident: IncidentAnswer }) {
  const { id, service, signs, separated } = incident;
  const mayWrite = useMayWrite(service);
  const whole: Whole = { kind: "incident", id };
  const sources = new Set(signs.map(({ source }) => source)).size;
  const own = new Set(signs.map((sign) => sign.id));
  return (
    <Card title={plural(signs.length, "sign")} padded={false}>
      {sources > 1 && (
        <p className="px-3.5 pb-2 text-muted">
          {sources} sources report it, and it counts as one incident: of one service and
          environment, within 10 minutes of each other.
        </p>
      )}
      <ul aria-label="Signs" className="pb-1.5">
        {signs.map((sign) => {
          const word = separated.find((held) => held.id === sign.id);
          return (
            <Row key={sign.id} sign={sign}>
              {signs.length > 1 && mayWrite && !word && (
                <PartButton whole={whole} member={sign.id} name={nameOf(sign)}>
                  It gets a page, suspects and a verdict of its own; this one keeps the other signs.
                  Your word outranks the rule, is kept through a rebuild, and can be taken back
                  here.
                </PartButton>
              )}
              {word && (
                <HeldApart {...{ whole, word, mayWrite }} member={sign.id} name={nameOf(sign)} />
              )}
            </Row>
          );
        })}
      </ul>
      {separated.some((held) => !own.has(held.id)) && (
        <HeldApartList>
          {separated
            .filter((held) => !own.has(held.id))
            .map((held) => (
              <Row key={held.id} sign={held}>
                {held.incident && (
                  <PageLink
                    href={incidentHref(held.incident)}
                    className="text-accent underline underline-offset-3"
                  >
                    Its own page
                  </PageLink>
                )}
                <HeldApart
                  {...{ whole, mayWrite }}
                  word={held}
                  member={held.id}
                  name={nameOf(held)}
                />
              </Row>
            ))}
        </HeldApartList>
      )}
    </Card>
  );
}

function Row({ sign, children }: { sign: Sign; children: ReactNode }) {
  const { source, kind, name, severity, summary, labels, startedAt, endedAt, url } = sign;
  const texts = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return (
    <li className="border-t border-grid px-3.5 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Pill tone={endedAt === null ? "bad" : "plain"}>{stateOf(sign)}</Pill>
        <span className="min-w-0 font-semibold [overflow-wrap:anywhere]">{name}</span>
        <span className="text-muted">{severity}</span>
        <span className="ml-auto text-muted">
          <Moment at={startedAt} style="seconds" />
          {endedAt && (
            <>
              {" "}
              to <Moment at={endedAt} style="seconds" />
            </>
          )}
        </span>
      </div>
      {summary && <p>{summary}</p>}
      {texts.length > 0 && (
        <p className="font-mono text-sm [overflow-wrap:anywhere] text-muted">{texts.join("  ")}</p>
      )}
      <div className="flex flex-wrap items-center gap-x-4">
        <span className="inline-flex items-center gap-1.5 text-muted">
          <SourceGlyph source={source} /> {kind === "incident" ? "opened" : "alert"} by {source}
        </span>
        <OutsideLink href={url} className={`-ml-2.5 ${buttonClass("quiet")}`}>
          <ExternalLink aria-hidden="true" size={14} /> Open at {source}
        </OutsideLink>
        {children}
      </div>
    </li>
  );
}

function stateOf({ kind, endedAt }: Sign): string {
  if (kind === "incident") return endedAt === null ? "open" : "resolved";
  return endedAt === null ? "firing" : "ended";
}

function nameOf({ source, name }: Sign): string {
  return `${source}, ${name}`;
}
