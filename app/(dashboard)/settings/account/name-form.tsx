"use client";

import { useRouter } from "next/navigation";
import { putAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { announce } from "@/app/_ui/toasts";

export function NameForm({ name }: { name: string }) {
  const router = useRouter();
  const { mutate, error, isPending } = useSending(
    (values: FormData) => putAnswer("/api/v1/me", { name: values.get("name") }),
    ["/api/v1/me", "/api/v1/people", "/api/v1/teams"],
    () => {
      announce("Your name is changed.");
      // The frame around the page names the viewer too.
      router.refresh();
    },
  );
  return (
    <Form error={error} onSend={mutate} className="max-w-sm">
      <TextField
        name="name"
        label="Name"
        defaultValue={name}
        autoComplete="name"
        required
        hint="As others see who judged, corrected and changed."
      />
      <FormEnd error={error} pending={isPending}>
        Save
      </FormEnd>
    </Form>
  );
}
