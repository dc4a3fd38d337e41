"use client";

import type { ReactNode } from "react";
import { CopyLine } from "@/app/_settings/copy-line";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { ShownOnce } from "@/app/_ui/shown-once";
import { addressToPaste, type Given } from "@/lib/sources/guide";
import { FirstDelivery } from "./first-delivery";
import { Steps } from "./steps";

/** After a source was added: what to paste where, and a light when its first delivery is here. */
export function Connect({
  provider,
  given,
  onClose,
}: {
  provider: string;
  given: Given;
  onClose: () => void;
}) {
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
        <Steps provider={provider} given={given} />
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
