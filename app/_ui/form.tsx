"use client";

import {
  type ComponentProps,
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { Failure } from "@/app/_ui/states";

/** What an error may say about single fields. */
interface FieldProblem {
  field: string;
  expected: string;
}

type FieldErrors = Readonly<Record<string, string>>;

const FieldErrorsContext = createContext<FieldErrors>({});

/**
 * A form that says what is wrong at the field it is about and puts the focus
 * there: first by the browser's own rules, then by what the server refused
 * (`error`, with `fields`). What belongs to no field stands above the button.
 */
export function Form({
  error,
  onSend,
  children,
  ...rest
}: Omit<ComponentProps<"form">, "onSubmit"> & {
  error: (Error & { fields?: readonly FieldProblem[] }) | null;
  onSend: (values: FormData) => void;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [own, setOwn] = useState<FieldErrors>({});
  const refused = useMemo(() => byField(error?.fields ?? [], controlsOf(form.current)), [error]);
  const errors = Object.keys(own).length > 0 ? own : refused;
  useEffect(() => {
    const controls = controlsOf(form.current);
    controls.find(({ name }) => name in errors)?.focus();
  }, [errors]);
  return (
    <form
      {...rest}
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = brokenRules(event.currentTarget);
        setOwn(found);
        if (Object.keys(found).length === 0) onSend(new FormData(event.currentTarget));
      }}
      className={classNames("space-y-3", rest.className)}
    >
      <FieldErrorsContext value={errors}>{children}</FieldErrorsContext>
    </form>
  );
}

export function useFieldError(name: string): string | undefined {
  return useContext(FieldErrorsContext)[name];
}

/** The end of a form: what no field explains, then the button that sends. */
export function FormEnd({
  error,
  pending,
  wide = false,
  children,
  onCancel,
}: {
  error: (Error & { fields?: readonly FieldProblem[] }) | null;
  pending: boolean;
  /** As wide as the fields above it. */
  wide?: boolean;
  /** The button's words. */
  children: ReactNode;
  /** Where the form can be left without sending it. */
  onCancel?: () => void;
}) {
  const errors = useContext(FieldErrorsContext);
  const isTold = error?.fields !== undefined && Object.keys(errors).length > 0;
  return (
    <>
      {error && !isTold && <Failure error={error} />}
      <div className="flex flex-wrap items-center gap-2 pt-1">
        <Button
          type="submit"
          look="primary"
          disabled={pending}
          aria-busy={pending}
          className={classNames(wide && "min-h-9 w-full")}
        >
          {children}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </>
  );
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function controlsOf(form: HTMLFormElement | null): Control[] {
  return [...(form?.elements ?? [])].filter(
    (element): element is Control =>
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement,
  );
}

function brokenRules(form: HTMLFormElement): FieldErrors {
  const broken = controlsOf(form).filter(({ validity }) => !validity.valid);
  return Object.fromEntries(broken.map((control) => [control.name, wordOf(control)]));
}

/** In our words, alike in every browser and language. */
function wordOf(control: Control): string {
  const { validity } = control;
  if (validity.valueMissing) return "Please fill this in.";
  if (validity.typeMismatch)
    return control.type === "email" ? "This is no e-mail address." : "This is no whole address.";
  if (validity.tooShort && "minLength" in control)
    return `At least ${control.minLength} characters, please.`;
  if (validity.patternMismatch && control.title) return control.title;
  return control.validationMessage;
}

/** By the control that holds it; what no control holds stays for the form's end to tell. */
function byField(problems: readonly FieldProblem[], controls: readonly Control[]): FieldErrors {
  const first: Record<string, string> = {};
  for (const { field, expected } of problems) {
    // One control may hold a whole list, an item a line.
    const list = field.replace(/\.\d+$/, "");
    const control = controls.find(({ name }) => name === field || name === list);
    if (control) first[control.name] ??= sentence(expected);
  }
  return first;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
