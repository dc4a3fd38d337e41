import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";

/** Grey bars where content is about to be. */
export function Skeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div role="status" aria-label="Loading" className={classNames("space-y-2.5 py-2", className)}>
      {Array.from({ length: lines }, (_, line) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: bars are alike and never move.
          key={line}
          className="h-3.5 animate-pulse rounded bg-grid"
          style={{ width: `${92 - ((line * 23) % 45)}%` }}
        />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-1.5 px-4 py-7 text-center">
      <p className="font-semibold">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
    </div>
  );
}

export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <CircleAlert aria-hidden="true" size={16} className="text-bad" />
      <p className="mr-auto">
        {error.message} {code && <code className="font-mono text-sm text-muted">{code}</code>}
      </p>
      {onRetry && (
        <Button onClick={onRetry}>
          <RotateCw aria-hidden="true" size={14} /> Try again
        </Button>
      )}
    </div>
  );
}
