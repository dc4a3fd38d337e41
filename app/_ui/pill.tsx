import type { ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";

export type Tone = "plain" | "bad" | "good" | "warning" | "accent" | "violet";

const tones: Record<Tone, string> = {
  plain: "border-line text-ink",
  bad: "border-transparent bg-bad-surface text-bad",
  good: "border-transparent bg-good-surface text-good",
  warning: "border-transparent bg-warning-surface text-warning",
  accent: "border-transparent bg-accent-surface text-accent",
  violet: "border-transparent bg-violet-surface text-violet",
};

export function Pill({
  tone = "plain",
  title,
  children,
  className,
}: {
  tone?: Tone;
  title?: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      title={title}
      className={classNames(
        "inline-flex items-center gap-1 rounded border px-1.5 text-sm leading-5 font-semibold whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
