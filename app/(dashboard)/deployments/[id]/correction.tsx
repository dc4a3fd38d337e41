"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PencilLine } from "lucide-react";
import { useState } from "react";
import { kindNames } from "@/app/_deployments/naming";
import { putAnswer } from "@/app/_query/answer";
import { useMayWrite } from "@/app/_shell/may-write";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { SelectField, TextAreaField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { announce } from "@/app/_ui/toasts";
import { Moment } from "@/app/_window/moment";
import type { DeploymentAnswer } from "@/lib/http/answers";

type Correction = NonNullable<DeploymentAnswer["correction"]>;
type Words = Pick<Correction, "kind" | "failed" | "note">;

/** Says what a person corrected, and lets whoever may judge correct it or take it back. */
export function CorrectionPart({ deployment }: { deployment: DeploymentAnswer }) {
  const { correction, service } = deployment;
  const mayWrite = useMayWrite(service);
  const [open, setOpen] = useState(false);
  return (
    <>
      {correction && <Standing correction={correction} />}
      {mayWrite && (
        <Button data-control className="mt-0.5" onClick={() => setOpen(true)}>
          <PencilLine aria-hidden="true" size={14} />
          {correction ? "Change the correction" : "Correct its class"}
        </Button>
      )}
      {!mayWrite && !correction && (
        <span className="text-muted">Editors and the service's team may correct it.</span>
      )}
      <Dialog open={open} onOpenChange={setOpen} title="Correct the class">
        <CorrectionForm deployment={deployment} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Standing({ correction: { kind, failed, note, actor, at } }: { correction: Correction }) {
  const says = [
    kind && `is a ${kindNames[kind]}`,
    failed !== null && (failed ? "failed" : "did not fail"),
  ].filter(Boolean);
  return (
    <p>
      <b className="font-semibold">{actor}</b> says that it {says.join(" and ")}: “{note}”{" "}
      <span className="text-muted">
        <Moment at={at} style="moment" />
      </span>
    </p>
  );
}

function CorrectionForm({
  deployment: { id, correction, derivedKind, declaredKind },
  onDone,
}: {
  deployment: DeploymentAnswer;
  onDone: () => void;
}) {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (words: Words) =>
      putAnswer(`/api/v1/deployments/${encodeURIComponent(id)}/correction`, words),
    onSuccess: (_, { kind, failed }) => {
      // A class changes failures, figures and lines: whatever is on the page asks again.
      void client.invalidateQueries();
      announce(
        kind === null && failed === null
          ? "The correction is taken back; the metrics follow."
          : "Corrected; the metrics follow.",
      );
      onDone();
    },
  });
  const without = declaredKind ?? derivedKind;
  return (
    <Form error={error} onSend={(values) => mutate(wordsOf(values))}>
      <p className="text-muted">
        What you say outranks what was declared and derived, and is kept through a rebuild. Leaving
        both as they are found takes an earlier correction back.
      </p>
      <SelectField name="kind" label="Kind" defaultValue={correction?.kind ?? ""}>
        <option value="">
          {without ? `As found: ${kindNames[without]}` : "As found: not known before it completes"}
        </option>
        {Object.entries(kindNames).map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        name="failed"
        label="Did it fail?"
        defaultValue={correction?.failed == null ? "" : String(correction.failed)}
      >
        <option value="">As found</option>
        <option value="true">It failed</option>
        <option value="false">It did not fail</option>
      </SelectField>
      <TextAreaField
        name="note"
        label="Why"
        hint="Stands beside the class, with your name, for everyone; and in the audit."
        required
        maxLength={5_000}
      />
      <FormEnd error={error} pending={isPending} onCancel={onDone}>
        Save
      </FormEnd>
    </Form>
  );
}

function wordsOf(values: FormData): Words {
  const text = (name: string) => String(values.get(name) ?? "");
  const failed = text("failed");
  return {
    kind: (text("kind") || null) as Words["kind"],
    failed: failed === "" ? null : failed === "true",
    note: text("note"),
  };
}
