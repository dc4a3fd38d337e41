"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { postAnswer } from "@/app/_query/answer";
import { SecretChoice } from "@/app/_settings/secret-choice";
import { useSending } from "@/app/_settings/use-sending";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Form, FormEnd } from "@/app/_ui/form";
import { ShownOnce } from "@/app/_ui/shown-once";
import { useOrigin } from "@/app/_ui/use-origin";
import type { SourceAnswer, SourceWithSecretAnswer } from "@/lib/http/settings-answers";

/** A new secret beside the old one, so that nothing is refused while the provider gets it. */
export function RotateSource({ source }: { source: SourceAnswer }) {
  const { name, auth, address, secrets } = source;
  const whole = new URL(address, useOrigin()).href;
  const [open, setOpen] = useState(false);
  const { mutate, isPending, error, data, reset } = useSending(
    (body: Record<string, FormDataEntryValue>) =>
      postAnswer<SourceWithSecretAnswer>(
        `/api/v1/sources/${encodeURIComponent(name)}/rotation`,
        body,
      ),
    ["/api/v1/sources"],
  );
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Rotate the secret of ${name}`}
        // A third secret would end the old one while the provider may still use it.
        disabled={secrets > 1}
        title={secrets > 1 ? "Finish the rotation that is under way first." : undefined}
        onClick={() => {
          reset();
          setOpen(true);
        }}
      >
        <KeyRound aria-hidden="true" size={14} /> Rotate secret
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`Rotate the secret of ${name}`}>
        {data ? (
          <div className="space-y-3">
            <ShownOnce value={auth === "path" ? `${whole}/${data.secret}` : data.secret}>
              This is shown once. Copy it now, and put it where the old one is.
            </ShownOnce>
            <p>
              Both secrets hold until you press “Finish: only the new one” beside {name}. Do that
              once deliveries arrive with the new one.
            </p>
            <Button look="primary" onClick={() => setOpen(false)}>
              I have copied it
            </Button>
          </div>
        ) : (
          <Form error={error} onSend={(values) => mutate(Object.fromEntries(values))}>
            <p className="text-muted">
              The old secret goes on holding beside the new one until you finish.
            </p>
            <SecretChoice />
            <FormEnd error={error} pending={isPending}>
              Make the new secret
            </FormEnd>
          </Form>
        )}
      </Dialog>
    </>
  );
}
