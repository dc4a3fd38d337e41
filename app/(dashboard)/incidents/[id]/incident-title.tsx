"use client";

import { ExternalLink, Share2 } from "lucide-react";
import { serviceHref } from "@/app/_deployments/naming";
import { IncidentStatus } from "@/app/_incidents/incident-status";
import { Button, buttonClass } from "@/app/_ui/button";
import { useCopy } from "@/app/_ui/copy";
import { Key } from "@/app/_ui/key";
import { OutsideLink } from "@/app/_ui/outside-link";
import { Pill } from "@/app/_ui/pill";
import { useShortcuts } from "@/app/_ui/shortcuts";
import { Moment } from "@/app/_window/moment";
import { PageLink } from "@/app/_window/page-link";
import type { IncidentAnswer } from "@/lib/http/answers";

export function IncidentTitle({ incident }: { incident: IncidentAnswer }) {
  const { copied, copy } = useCopy();
  const share = () => void copy(window.location.href);
  useShortcuts({ s: share });
  return (
    <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <IncidentStatus incident={incident} />
      <h1>{incident.title}</h1>
      {incident.severity && <Pill>{incident.severity}</Pill>}
      <span className="mr-auto text-muted">
        {incident.service ? (
          <PageLink href={serviceHref(incident.service, incident.environment)} className="link">
            {incident.service}
          </PageLink>
        ) : (
          "no service"
        )}{" "}
        · {incident.environment ?? "no environment"} · fired{" "}
        <Moment at={incident.openedAt} style="seconds" />
        {incident.acknowledgedAt && (
          <>
            {" "}
            · acknowledged <Moment at={incident.acknowledgedAt} style="seconds" />
          </>
        )}{" "}
        · {[...new Set(incident.sources.map(({ source }) => source))].join(", ")}
      </span>
      <span className="flex gap-2" data-control>
        <OutsideLink href={incident.url} className={buttonClass()}>
          <ExternalLink aria-hidden="true" size={14} /> Open at the source
        </OutsideLink>
        <Button onClick={share}>
          <Share2 aria-hidden="true" size={14} />
          <span aria-live="polite">{copied ? "Address copied" : "Share"}</span> <Key>S</Key>
        </Button>
      </span>
    </header>
  );
}
