import { stagesOf } from "@/app/_figures/stages";
import { formatSeconds } from "@/app/_ui/format";
import type { ChangeAnswer } from "@/lib/http/fact-answers";

/** Where one change's time went: a strip to look along, and the same in words. */
export function StageStrip({ change }: { change: ChangeAnswer }) {
  const stages = stagesOf(change);
  const whole = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  if (whole === 0) return <span className="text-sm text-muted">no pull request known</span>;
  const words = stages.map(({ name, seconds }) => `${name} ${formatSeconds(seconds)}`);
  return (
    <span title={words.join("\n")} className="block pt-1.5">
      <span aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-full">
        {stages.map(({ name, fill, seconds }) => (
          <span
            key={name}
            className={fill}
            style={{ width: `${Math.max(2, (seconds / whole) * 100)}%` }}
          />
        ))}
      </span>
      <span className="sr-only">{words.join(", ")}</span>
    </span>
  );
}
