"use client";

import { useState } from "react";
import { postAnswer } from "@/app/_query/answer";
import { CopyLine } from "@/app/_settings/copy-line";
import { useSending } from "@/app/_settings/use-sending";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { SelectField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { ShownOnce } from "@/app/_ui/shown-once";
import { useOrigin } from "@/app/_ui/use-origin";
import type { TokenWithSecretAnswer } from "@/lib/http/settings-answers";
import { firstLine } from "./token-words";

const graces = [
  { hours: 24, words: "for 24 hours more" },
  { hours: 168, words: "for 7 days more" },
  { hours: 0, words: "no longer: it ends at once" },
];

/** A new secret; the old one holds on until whoever uses it has the new one. */
export function RotateToken({
  id,
  name,
  isRotating,
}: {
  id: string;
  name: string;
  isRotating: boolean;
}) {
  const origin = useOrigin();
  const [open, setOpen] = useState(false);
  const { mutate, isPending, error, data, reset } = useSending(
    (hours: number) =>
      postAnswer<TokenWithSecretAnswer>(`/api/v1/tokens/${encodeURIComponent(id)}/rotation`, {
        hours,
      }),
    ["/api/v1/tokens"],
  );
  // While the last one is not over, a further secret is made only by ending both old ones.
  const offered = isRotating ? graces.filter(({ hours }) => hours === 0) : graces;
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Rotate ${name}`}
        data-control
        onClick={() => {
          reset();
          setOpen(true);
        }}
      >
        Rotate
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`Rotate ${name}`}>
        {data ? (
          <div className="space-y-3">
            <ShownOnce value={data.secret}>
              This is shown once. Copy it now, and put it where the old one is.
            </ShownOnce>
            <CopyLine value={firstLine(data.token, data.secret, origin)} />
            <Button look="primary" onClick={() => setOpen(false)}>
              I have copied it
            </Button>
          </div>
        ) : (
          <Form error={error} onSend={(values) => mutate(Number(values.get("hours")))}>
            <SelectField name="hours" label="The old secret holds">
              {offered.map(({ hours, words }) => (
                <option key={hours} value={hours}>
                  {words}
                </option>
              ))}
            </SelectField>
            {isRotating && (
              <p className="text-muted">
                Its last rotation is not over: a further secret ends both older ones.
              </p>
            )}
            <FormEnd error={error} pending={isPending}>
              Make the new secret
            </FormEnd>
          </Form>
        )}
      </Dialog>
    </>
  );
}
