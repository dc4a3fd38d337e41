"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "@/app/_ui/class-names";
import { useFieldError } from "@/app/_ui/form";
import { selectClass } from "@/app/_ui/select";

interface FieldProps {
  /** As the server names the field, so that what it refuses finds its place. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
}

/** A labelled control with its hint and what is wrong with it, all told to screen readers too. */
export function Field({
  name,
  label,
  hint,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const error = useFieldError(name);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="min-w-0 space-y-1">
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      {children({
        id,
        name,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": described || undefined,
      })}
      {error && (
        <p id={`${id}-error`} className="text-sm font-semibold text-bad">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

interface ControlProps {
  id: string;
  name: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

export function TextField({
  name,
  label,
  hint,
  className,
  ...rest
}: FieldProps & ComponentProps<"input">) {
  return (
    <Field name={name} label={label} hint={hint}>
      {(control) => (
        <input type="text" {...rest} {...control} className={classNames(inputClass, className)} />
      )}
    </Field>
  );
}

/** Several lines of text. */
export function TextAreaField({
  name,
  label,
  hint,
  className,
  ...rest
}: FieldProps & ComponentProps<"textarea">) {
  return (
    <Field name={name} label={label} hint={hint}>
      {(control) => (
        <textarea rows={3} {...rest} {...control} className={classNames(inputClass, className)} />
      )}
    </Field>
  );
}

export function SelectField({
  name,
  label,
  hint,
  className,
  ...rest
}: FieldProps & ComponentProps<"select">) {
  return (
    <Field name={name} label={label} hint={hint}>
      {(control) => (
        <select
          {...rest}
          {...control}
          className={classNames(selectClass, "block w-full", className)}
        />
      )}
    </Field>
  );
}

/** A box to tick, its words beside it. */
export function CheckField({
  label,
  hint,
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode }) {
  return (
    <label className="flex min-h-8 items-start gap-2 py-1">
      <input type="checkbox" {...rest} className="mt-0.5 size-4 accent-accent" />
      <span>
        {label}
        {hint && <span className="block text-sm text-muted">{hint}</span>}
      </span>
    </label>
  );
}

export const inputClass =
  "block min-h-9 w-full rounded-md border border-line bg-background px-2.5 py-1.5 placeholder:text-muted aria-invalid:border-bad disabled:opacity-60";
