import { rowsBehind, type Scope } from "@/app/_figures/figures";
import { Card } from "@/app/_ui/card";
import { Figure } from "@/app/_ui/figure";
import { formatCount, formatRate, plural } from "@/app/_ui/format";
import { PageLink } from "@/app/_window/page-link";
import type { RemedyFigures } from "@/lib/http/insight-answers";

/** The question a manager brings, answered in a sentence, with the figures that it rests on. */
export function ForwardOrBack({ total, scope }: { total: RemedyFigures; scope: Scope }) {
  const { fixForwards, rollbackFirst, held, open, failures } = total;
  return (
    <Card>
      <p className="text-lg" data-answer>
        {answerOf(total)}
      </p>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
        <Figure
          name={<Behind scope={scope} figure="held_fix_forward" name="Fixed forward" />}
          value={formatCount(held.fix_forward)}
          beside={formatRate(fixForwards.rate)}
          below={`of ${formatCount(fixForwards.n)} fixed forward or rolled back`}
        />
        <Figure
          name={<Behind scope={scope} figure="held_rollback" name="Rolled back" />}
          value={formatCount(held.rollback)}
          beside={fixForwards.rate === null ? undefined : formatRate(1 - fixForwards.rate)}
          below={`of ${formatCount(fixForwards.n)} fixed forward or rolled back`}
        />
        <Figure
          name="Rollback first"
          value={formatRate(rollbackFirst.rate)}
          below={`${formatCount(rollbackFirst.first)} of ${plural(rollbackFirst.n, "failure")} with a remedy`}
        />
        <Figure
          name={<Behind scope={scope} figure="failed" name="Failures" />}
          value={formatCount(failures)}
          below={`${formatCount(held.revert)} reverted, ${formatCount(held.flag_off)} by a flag, ${formatCount(held.none)} without a remedy, ${formatCount(open)} open`}
        />
      </dl>
    </Card>
  );
}

function Behind({
  scope,
  figure,
  name,
}: {
  scope: Scope;
  figure: "held_fix_forward" | "held_rollback" | "failed";
  name: string;
}) {
  return (
    <PageLink href={rowsBehind(scope, figure)} className="link" title="Open the failures behind it">
      {name}
    </PageLink>
  );
}

function answerOf({ fixForwards: { n, fixForwards, rate, interval } }: RemedyFigures): string {
  if (rate === null || interval === null)
    return "No failure here ended by a fix-forward or a rollback.";
  const share = `${formatCount(fixForwards)} of ${plural(n, "failure")} that ended by going forward or back ${fixForwards === 1 ? "was" : "were"} fixed forward (${formatRate(rate)})`;
  const within = `; with so many, the true share lies between ${formatRate(interval.low)} and ${formatRate(interval.high)}.`;
  return share + within;
}
