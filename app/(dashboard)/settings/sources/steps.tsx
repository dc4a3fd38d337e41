"use client";

import { useQuery } from "@tanstack/react-query";
import { providerGuideQuery } from "@/app/_query/queries";
import { CopyLine } from "@/app/_settings/copy-line";
import { Answered } from "@/app/_ui/answered";
import { fillSteps, type Given, type Step } from "@/lib/sources/guide";
import { LoopbackNote } from "./loopback-note";

/** What to do on the provider's side, with this source's own texts; its secret never leaves the page. */
export function Steps({ provider, given }: { provider: string; given: Given }) {
  const query = useQuery(providerGuideQuery(provider));
  return (
    <Answered query={query} lines={4}>
      {({ ways }) => (
        <div className="space-y-3">
          <LoopbackNote address={given.address} />
          <ol className="list-decimal space-y-2.5 pl-5">
            {fillSteps(ways.find(({ auth }) => auth === given.auth)?.steps ?? [], given).map(
              (step) => (
                <StepItem key={`${step.text} ${step.code}`} step={step} />
              ),
            )}
          </ol>
        </div>
      )}
    </Answered>
  );
}

function StepItem({ step: { text, fields, code } }: { step: Step }) {
  return (
    <li>
      <p className="mb-1">{text}</p>
      {fields && (
        <dl className="rounded-md border border-line">
          {fields.map(([label, value]) => (
            <div
              key={label}
              className="grid gap-x-3 border-grid px-2.5 py-1.5 not-first:border-t sm:grid-cols-[8rem_minmax(0,1fr)]"
            >
              <dt className="text-muted">{label}</dt>
              <dd className="font-mono text-sm [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {code && <CopyLine value={code} />}
    </li>
  );
}
