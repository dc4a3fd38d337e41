"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useState } from "react";
import { classNames } from "@/app/_ui/class-names";
import { Field, inputClass } from "@/app/_ui/field";

/** A secret to type, which can be looked at while one types. */
export function PasswordField({
  name,
  label,
  hint,
  ...rest
}: Omit<ComponentProps<"input">, "name" | "type"> & {
  name: string;
  label: string;
  hint?: ReactNode;
  autoComplete: "current-password" | "new-password";
}) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field name={name} label={label} hint={hint}>
      {(control) => (
        <div className="relative">
          <input
            {...rest}
            {...control}
            type={shown ? "text" : "password"}
            spellCheck={false}
            autoCapitalize="none"
            className={classNames(inputClass, "pr-10")}
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-label={`Show: ${label}`}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 px-3 text-muted hover:text-ink"
          >
            <Icon aria-hidden="true" size={15} />
          </button>
        </div>
      )}
    </Field>
  );
}
