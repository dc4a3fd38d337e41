"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { passwordHint } from "@/app/_people/password-hint";
import { AnswerProblem, postAnswer } from "@/app/_query/answer";
import { buttonClass } from "@/app/_ui/button";
import { Form, FormEnd } from "@/app/_ui/form";
import { PasswordField } from "@/app/_ui/password-field";
import { Skeleton } from "@/app/_ui/states";
import { Panel } from "../panel";
import { useHashToken } from "../use-hash-token";

/** For whoever forgot their password and was given an admin's link. */
export function NewPassword() {
  const token = useHashToken();
  const { mutate, error, isPending, isSuccess } = useMutation({
    mutationFn: (values: FormData) =>
      postAnswer("/api/v1/new-password", { token, password: values.get("password") }),
    // A fresh page, which leaves the token's address behind.
    onSuccess: () => window.location.replace("/"),
  });
  if (token === null || isVoid(error)) return <Void />;
  return (
    <Panel title="Set a new password">
      {token === undefined ? (
        <Skeleton lines={3} />
      ) : (
        <>
          <p className="text-muted">
            You are signed in with it here, and signed out everywhere else.
          </p>
          <Form error={error} onSend={mutate}>
            <PasswordField
              name="password"
              label="New password"
              autoComplete="new-password"
              minLength={12}
              required
              hint={passwordHint}
            />
            <FormEnd wide error={error} pending={isPending || isSuccess}>
              Set the password
            </FormEnd>
          </Form>
        </>
      )}
    </Panel>
  );
}

/** It holds no longer, or what stands in the address is no token. */
function isVoid(error: Error | null): boolean {
  return (
    error instanceof AnswerProblem &&
    (error.code === "expired" || error.fields.some(({ field }) => field === "token"))
  );
}

function Void() {
  return (
    <Panel title="This link does not hold">
      <p>
        It was used already, is older than 24 hours, was replaced by a newer one, or its address is
        not whole. Ask an admin for a new one.
      </p>
      <p className="text-muted">You know your password by now?</p>
      <Link href="/sign-in" className={buttonClass()}>
        Sign in
      </Link>
    </Panel>
  );
}
