"use client";

import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { passwordHint } from "@/app/_people/password-hint";
import { postAnswer } from "@/app/_query/answer";
import { TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { PasswordField } from "@/app/_ui/password-field";

/** Name, e-mail and password for whoever holds this token; signed in at the end. */
export function AccountForm({
  path,
  token,
  action,
  expired,
}: {
  path: string;
  token: string;
  /** What the button says. */
  action: string;
  /** What is said instead once the token holds no longer. */
  expired: ReactNode;
}) {
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: (values: FormData) =>
      postAnswer(path, {
        token,
        name: values.get("name"),
        email: values.get("email"),
        password: values.get("password"),
      }),
    // A fresh page, which leaves the token's address behind.
    onSuccess: () => window.location.replace("/"),
  });
  if (error && "code" in error && error.code === "expired") return expired;
  return (
    <Form error={error} onSend={mutate}>
      <TextField name="name" label="Name" autoComplete="name" required />
      <TextField name="email" label="E-mail" type="email" autoComplete="username" required />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="new-password"
        minLength={12}
        required
        hint={passwordHint}
      />
      <FormEnd wide error={error} pending={isPending || isSuccess}>
        {action}
      </FormEnd>
    </Form>
  );
}
