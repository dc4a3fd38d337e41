"use client";

import { useState } from "react";
import { passwordHint } from "@/app/_people/password-hint";
import { putAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { Card } from "@/app/_ui/card";
import { Form, FormEnd } from "@/app/_ui/form";
import { PasswordField } from "@/app/_ui/password-field";
import { announce } from "@/app/_ui/toasts";

export function PasswordChange({ email }: { email: string | null }) {
  // A new key empties the fields once they have been taken.
  const [round, setRound] = useState(0);
  const { mutate, error, isPending } = useSending(
    (values: FormData) =>
      putAnswer("/api/v1/me/password", {
        current: values.get("current"),
        next: values.get("next"),
      }),
    ["/api/v1/me/sessions"],
    () => {
      announce("Your password is changed; every other session has ended.");
      setRound((before) => before + 1);
    },
  );
  return (
    <Card title="Password">
      <Form key={round} error={error} onSend={mutate} className="max-w-sm">
        {/* For password managers, which file a password under its name. */}
        <input type="text" autoComplete="username" value={email ?? ""} hidden readOnly />
        <PasswordField
          name="current"
          label="Current password"
          autoComplete="current-password"
          required
        />
        <PasswordField
          name="next"
          label="New password"
          autoComplete="new-password"
          minLength={12}
          required
          hint={passwordHint}
        />
        <p className="text-sm text-muted">Every other session of yours ends.</p>
        <FormEnd error={error} pending={isPending}>
          Change password
        </FormEnd>
      </Form>
    </Card>
  );
}
