"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { postAnswer } from "@/app/_query/answer";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Form, FormEnd } from "@/app/_ui/form";
import { PasswordField } from "@/app/_ui/password-field";

/** Leads to the provider and back; a thief of the session has no password to do it with. */
export function LinkProvider({
  name,
  title,
  hasPassword,
}: {
  name: string;
  title: string;
  hasPassword: boolean;
}) {
  const [open, setOpen] = useState(false);
  const { mutate, error, isPending, isSuccess, reset } = useMutation({
    mutationFn: (values: FormData) =>
      postAnswer<{ address: string }>(`/api/v1/me/identities/${encodeURIComponent(name)}`, {
        password: values.get("password") ?? undefined,
      }),
    onSuccess: ({ address }) => window.location.assign(address),
  });
  return (
    <>
      <Button
        look="quiet"
        aria-label={`Link ${title}`}
        data-control
        onClick={() => {
          reset();
          setOpen(true);
        }}
      >
        Link
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`Link ${title}`}>
        <Form error={error} onSend={mutate}>
          <p className="text-muted">
            You will sign in to this same account by {title} as well. It leads there and back.
          </p>
          {hasPassword && (
            <PasswordField
              name="password"
              label="Your password"
              autoComplete="current-password"
              required
            />
          )}
          <FormEnd error={error} pending={isPending || isSuccess}>
            Continue to {title}
          </FormEnd>
        </Form>
      </Dialog>
    </>
  );
}
