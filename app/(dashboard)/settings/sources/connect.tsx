"use client";

import type { ReactNode } from "react";
import { CopyLine } from "@/app/_settings/copy-line";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { ShownOnce } from "@/app/_ui/shown-once";
import { FirstDelivery } from "./first-delivery";
import { addressToPaste, type Given, type Step } from "./steps/given";
import { stepsFor } from "./steps/steps-for";

/** After a source was added: what to paste where, and a light when its first delivery is here. */
export function Connect({ given, onClose }: { given: Given; onClose: () => void }) {
  const steps = stepsFor(given);
  return (
    <Card
      title={`Connect ${given.name}`}
      edge="accent"
      aside={
        <Button look="quiet" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="space-y-3">
        {given.auth !== "path" && (
          <Labelled name="Address">
            <CopyLine value={addressToPaste(given)} />
          </Labelled>
        )}
        <Labelled name={given.auth === "path" ? "Address, with the secret" : "Secret"}>
          <ShownOnce value={given.auth === "path" ? addressToPaste(given) : given.secret}>
            This is shown once. Copy it now; if it is lost, rotate it.
          </ShownOnce>
        </Labelled>
        {steps && (
          <ol className="list-decimal space-y-2.5 pl-5">
            {steps.map((step) => (
              <StepItem key={step.text} step={step} />
            ))}
          </ol>
        )}
        <FirstDelivery source={given.name} since={given.at} />
      </div>
    </Card>
  );
}

function Labelled({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h3 className="mb-1 font-semibold">{name}</h3>
      {children}
    </section>
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
