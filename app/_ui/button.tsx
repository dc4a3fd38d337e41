import type { ComponentProps } from "react";
import { classNames } from "@/app/_ui/class-names";

type ButtonLook = "plain" | "primary" | "quiet" | "danger";

/** The look shared by buttons, and by links that act like one. */
export function buttonClass(look: ButtonLook = "plain"): string {
  return classNames(
    "inline-flex min-h-8 items-center justify-center gap-2 rounded-md px-2.5 py-1 font-semibold whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-60",
    look === "primary" && "bg-accent text-on-accent hover:brightness-110",
    look === "danger" && "bg-bad text-on-accent hover:brightness-110",
    look === "plain" && "border border-line bg-surface text-ink hover:bg-sunken",
    look === "quiet" && "text-muted hover:bg-sunken hover:text-ink",
  );
}

export function Button({
  look = "plain",
  className,
  ...rest
}: ComponentProps<"button"> & { look?: ButtonLook }) {
  return <button type="button" {...rest} className={classNames(buttonClass(look), className)} />;
}
