import type { ReactNode } from "react";

/** One number of a <dl>: its name above, what to hold it against beside, what it is made of below. */
export function Figure({
  name,
  value,
  beside,
  below,
}: {
  name: ReactNode;
  value: ReactNode;
  beside?: ReactNode;
  below?: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd>
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-2xl leading-8 font-bold tracking-tight tabular">{value}</span>
          {beside && <span className="text-muted">{beside}</span>}
        </span>
        {below && <span className="block text-sm text-muted">{below}</span>}
      </dd>
    </div>
  );
}
