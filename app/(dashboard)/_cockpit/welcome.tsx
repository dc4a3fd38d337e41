"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Radio } from "lucide-react";
import { useState } from "react";
import { sendFirst } from "@/app/_settings/first-event";
import { useViewer } from "@/app/_shell/viewer";
import { Card } from "@/app/_ui/card";
import { CommandLine, useCopy } from "@/app/_ui/copy";
import { useOrigin } from "@/app/_ui/use-origin";
import { PageLink } from "@/app/_window/page-link";
import { firstDeliveryQuestion } from "@/app/(dashboard)/_cockpit/questions";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";

/** Before anything has arrived: one command to send the first event, and a light when it is there. */
export function Welcome() {
  const { data } = useQuery(firstDeliveryQuestion);
  const [wasEmpty, setWasEmpty] = useState(false);
  if (!data) return null;
  const [first] = data.items;
  if (!first && !wasEmpty) setWasEmpty(true);
  if (!wasEmpty) return null;
  return first ? <Arrived delivery={first} /> : <Waiting />;
}

function Waiting() {
  const { copied, copy } = useCopy();
  const origin = useOrigin();
  const command = sendFirst(origin, "$PUSHLINE_TOKEN");
  return (
    <Card edge="accent">
      <h2 className="flex items-center gap-2 text-lg font-bold">
        <Radio aria-hidden="true" size={18} className="animate-pulse text-accent" />
        Nothing has arrived yet
      </h2>
      <p className="mt-1 mb-2.5 max-w-prose text-muted">
        Send a first deployment with a <SettingsLink to="tokens">token</SettingsLink>; this lights
        up as soon as it is here. Then add GitHub, Alertmanager and the like as{" "}
        <SettingsLink to="sources">sources</SettingsLink>, whose webhooks come to{" "}
        <code className="font-mono text-sm">{origin}/api/webhooks/…</code>, and fetch what happened
        before as a <SettingsLink to="backfills">backfill</SettingsLink>.
      </p>
      <CommandLine command={command} copied={copied} onCopy={() => void copy(command)} />
    </Card>
  );
}

/** Only for whoever may set that up; to others it is a word. */
function SettingsLink({
  to,
  children,
}: {
  to: "tokens" | "sources" | "backfills";
  children: string;
}) {
  const { can } = useViewer();
  if (!(to === "tokens" ? can.manage : can.admin)) return children;
  return (
    <PageLink href={`/settings/${to}`} className="text-accent underline underline-offset-3">
      {children}
    </PageLink>
  );
}

function Arrived({ delivery }: { delivery: DeliveryAnswer }) {
  return (
    <p
      role="status"
      className="flex items-center gap-2 rounded-lg bg-good-surface px-3.5 py-2.5 font-semibold text-good"
    >
      <CircleCheck aria-hidden="true" size={16} /> The first event is here: {delivery.event} from{" "}
      {delivery.source}.
      <PageLink href="/deliveries" className="underline underline-offset-3">
        See what became of it
      </PageLink>
    </p>
  );
}
