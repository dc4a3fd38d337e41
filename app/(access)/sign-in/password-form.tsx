"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { AnswerProblem, postAnswer } from "@/app/_query/answer";
import { TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { formatSeconds } from "@/app/_ui/format";
import { PasswordField } from "@/app/_ui/password-field";

export function PasswordForm({ next }: { next: string }) {
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: (values: FormData) =>
      postAnswer("/api/v1/sign-in", {
        email: values.get("email"),
        password: values.get("password"),
      }),
    onSuccess: () => window.location.replace(next),
  });
  const waiting = useWaiting(error);
  return (
    <Form error={error} onSend={mutate}>
      <TextField name="email" label="E-mail" type="email" autoComplete="username" required />
      <PasswordField name="password" label="Password" autoComplete="current-password" required />
      <FormEnd wide error={error} pending={isPending || isSuccess || waiting > 0}>
        {waiting > 0 ? <span className="tabular">Wait {formatSeconds(waiting)}</span> : "Sign in"}
      </FormEnd>
    </Form>
  );
}

/** Seconds that the server still wants to be left alone. */
function useWaiting(error: Error | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = error instanceof AnswerProblem ? (error.more.retryAfterSeconds ?? 0) : 0;
    const until = Date.now() + seconds * 1_000;
    const count = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000)));
    count();
    if (seconds === 0) return;
    const timer = setInterval(count, 500);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
