import type { ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";

/** One number of a <dl>: its name above, what to hold it against beside. */
export function Figure({
  name,
  value,
  beside,
  tone,
}: {
  name: ReactNode;
  value: ReactNode;
  beside?: ReactNode;
  tone?: "bad" | "good";
}) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd className="flex flex-wrap items-baseline gap-x-2">
        <span
          className={classNames(
            "text-2xl leading-8 font-bold tabular tracking-tight",
            tone === "bad" && "text-bad",
            tone === "good" && "text-good",
          )}
        >
          {value}
        </span>
        {beside && <span className="text-muted">{beside}</span>}
      </dd>
    </div>
  );
}
