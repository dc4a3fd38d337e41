"use client";

import { Split } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useSeparation, type Whole } from "@/app/_identity/use-separation";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { TextAreaField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";

interface Part {
  whole: Whole;
  /** The report's own id. */
  member: string;
  /** What tells the report from the others. */
  name: string;
  /** What will change. */
  children: ReactNode;
}

/** Takes a report out of what it was joined into, after saying what that changes. */
export function PartButton(part: Part) {
  const { whole, name } = part;
  const [open, setOpen] = useState(false);
  const words = `Not the same ${whole.kind}`;
  return (
    <>
      <Button
        data-control
        look="quiet"
        className="-ml-2.5"
        aria-label={`${words}: ${name}`}
        onClick={() => setOpen(true)}
      >
        <Split aria-hidden="true" size={14} /> {words}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`${words}?`}>
        <PartForm {...part} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function PartForm({ whole, member, name, children, onDone }: Part & { onDone: () => void }) {
  const { mutate, isPending, error } = useSeparation(whole, onDone);
  const send = (values: FormData) => {
    const note = String(values.get("note") ?? "").trim() || null;
    mutate({ member, apart: true, note });
  };
  return (
    <Form error={error} onSend={send}>
      <p className="[overflow-wrap:anywhere]">
        <b className="font-semibold">{name}</b> is then one of its own. {children}
      </p>
      <TextAreaField
        name="note"
        label="Why"
        hint="May be left empty. It stands beside the report, with your name, for everyone; and in the audit."
        maxLength={5_000}
      />
      <FormEnd error={error} pending={isPending} onCancel={onDone}>
        Hold it apart
      </FormEnd>
    </Form>
  );
}
