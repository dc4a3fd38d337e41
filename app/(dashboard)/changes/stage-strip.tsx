import { leadStages, stagesOf } from "@/app/_figures/stages";
import { classNames } from "@/app/_ui/class-names";
import { formatSeconds } from "@/app/_ui/format";
import type { ChangeAnswer } from "@/lib/http/fact-answers";

/** Where one change's time went: a strip to look along, and the same in words. */
export function StageStrip({ change }: { change: ChangeAnswer }) {
  const stages = stagesOf(change);
  const whole = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  if (whole === 0) return <span className="text-sm text-muted">no pull request known</span>;
  const words = stages.map(({ key, seconds }) => {
    const name = leadStages.find((stage) => stage.key === key)?.name;
    return `${name} ${formatSeconds(seconds)}`;
  });
  return (
    <span title={words.join("\n")} className="block pt-1.5">
      <span aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-full">
        {stages.map(({ key, seconds }) => (
          <span
            key={key}
            className={classNames(leadStages.find((stage) => stage.key === key)?.fill)}
            style={{ width: `${Math.max(2, (seconds / whole) * 100)}%` }}
          />
        ))}
      </span>
      <span className="sr-only">{words.join(", ")}</span>
    </span>
  );
}
