"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { putAnswer } from "@/app/_query/answer";
import { providersQuery } from "@/app/_query/queries";
import { useSending } from "@/app/_settings/use-sending";
import { Answered } from "@/app/_ui/answered";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Form, FormEnd } from "@/app/_ui/form";
import { announce } from "@/app/_ui/toasts";
import type { SourceAnswer } from "@/lib/http/settings-answers";
import { ProofFields } from "./proof-fields";

/** Another way in which a source proves itself; its secret stays. */
export function ChangeProof({ source }: { source: SourceAnswer }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Change how ${source.name} proves itself`}
        onClick={() => setOpen(true)}
      >
        Change
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`Change how ${source.name} proves itself`}>
        <Fields source={source} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Fields({ source, onDone }: { source: SourceAnswer; onDone: () => void }) {
  const providers = useQuery(providersQuery());
  const { mutate, isPending, error } = useSending(
    (body: Record<string, FormDataEntryValue>) =>
      putAnswer(`/api/v1/sources/${encodeURIComponent(source.name)}`, body),
    ["/api/v1/sources"],
    () => {
      announce(`${source.name} is changed.`);
      onDone();
    },
  );
  return (
    <Answered query={providers} lines={3}>
      {({ items }) => (
        <Form error={error} onSend={(values) => mutate(Object.fromEntries(values))}>
          <p className="text-muted">
            Its secret stays the same. What still proves itself in the old way is refused from then
            on.
          </p>
          <ProofFields
            provider={
              items.find(({ name }) => name === source.provider) ?? {
                title: source.provider,
                auths: [source.auth],
                offers: [source.auth],
              }
            }
            begin={source}
          />
          <FormEnd error={error} pending={isPending} onCancel={onDone}>
            Save
          </FormEnd>
        </Form>
      )}
    </Answered>
  );
}
