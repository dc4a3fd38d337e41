import { eventNames } from "@/app/_slos/naming";
import { Figure } from "@/app/_ui/figure";
import { formatCount, formatRate, plural } from "@/app/_ui/format";
import type { SloAnswer } from "@/lib/http/slo-answers";
import { EventLink } from "../event-link";

/** The window's figures, each with what it is made of. */
export function Figures({ slo }: { slo: SloAnswer }) {
  const { indicator, n, good, attainment, budgetLeft, target } = slo;
  const [one, many] = eventNames[indicator];
  const allowed = Math.floor((1 - target) * n + 1e-9);
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-3">
      <Figure
        name="Attained"
        value={formatRate(attainment)}
        beside={`of ${formatRate(target)}`}
        below={
          <>
            <EventLink {...{ slo, n: good }} rows="good" label={`${good} good`}>
              {formatCount(good)}
            </EventLink>{" "}
            of {plural(n, one, many)} were good
          </>
        }
      />
      <Figure
        name="Error budget left"
        value={formatRate(budgetLeft)}
        below={
          n === 0 ? (
            "nothing has been measured in the window"
          ) : (
            <>
              <EventLink {...{ slo, n: n - good }} rows="bad" label={`${n - good} bad`}>
                {formatCount(n - good)}
              </EventLink>{" "}
              bad of {formatCount(allowed)} that the target allows
            </>
          )
        }
      />
      <Figure
        name="Measured"
        value={
          <EventLink {...{ slo, n }} rows="all" label={`Measured: ${n}`}>
            {formatCount(n)}
          </EventLink>
        }
        below={`${many} in ${slo.windowDays} days`}
      />
    </dl>
  );
}
