import { classText } from "@/app/_figures/batch-classes";
import type { Scope } from "@/app/_figures/figures";
import { RowsLink } from "@/app/_figures/rows-link";
import { Card } from "@/app/_ui/card";
import { formatCount, formatRate, plural } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { BatchesAnswer, SizeClass } from "@/lib/http/insight-answers";
import { Saying } from "./saying";
import type { Measure } from "./words";

/** Below this many a rate says little, and that is said. */
const fewDeployments = 20;

/** A row for each class with its fail rate as a bar, and how sure that is as a line over it. */
export function Classes({
  measure,
  answer,
  scope,
}: {
  measure: Measure;
  answer: BatchesAnswer;
  scope: Scope;
}) {
  const classes = measure.classes(answer);
  const enough = classes.filter(({ n }) => n >= fewDeployments);
  const shown = enough.length > 0 ? enough : classes;
  // A class of one deployment may be anything up to 95 %: the others would be slivers beside it.
  const widest = Math.max(0.05, ...shown.map(({ interval }) => interval?.high ?? 0));
  const hasFew = classes.some(({ n }) => n > 0 && n < fewDeployments);
  return (
    <Card title={measure.title} padded={false}>
      <div className="px-3.5 pb-3">
        {classes.every(({ n }) => n === 0) ? (
          <p className="py-2 text-muted">{measure.empty}</p>
        ) : (
          <>
            <p className="pb-1.5">
              <Saying comparison={measure.comparison(answer)} measure={measure} scope={scope} />
            </p>
            <Table label={`${measure.title}, by class`} stacked>
              <thead>
                <tr>
                  <Head>{measure.name}</Head>
                  <Head className="text-right">Deployments</Head>
                  <Head className="text-right">Failed</Head>
                  <Head className="w-1/2 min-w-44">Change fail rate</Head>
                </tr>
              </thead>
              <tbody className="tabular">
                {classes.map((each) => (
                  <tr key={each.from}>
                    <Cell className="whitespace-nowrap">{measure.label(each)}</Cell>
                    <Cell label="Deployments" className="text-right">
                      <RowsLink
                        scope={scope}
                        figure="judged"
                        narrowed={{ [measure.filter]: classText(each) }}
                        n={each.n}
                        label={`${plural(each.n, "deployment")}, ${measure.name.toLowerCase()} ${measure.label(each)}`}
                      >
                        {formatCount(each.n)}
                      </RowsLink>
                    </Cell>
                    <Cell label="Failed" className="text-right">
                      <RowsLink
                        scope={scope}
                        figure="failed"
                        narrowed={{ [measure.filter]: classText(each) }}
                        n={each.failed}
                        label={`${each.failed} failed, ${measure.name.toLowerCase()} ${measure.label(each)}`}
                      >
                        {each.n === 0 ? "–" : formatCount(each.failed)}
                      </RowsLink>
                    </Cell>
                    <Cell data-wide>
                      <Rate of={each} widest={widest} />
                    </Cell>
                  </tr>
                ))}
              </tbody>
            </Table>
            <p className="pt-1.5 text-sm text-muted">
              The line over a bar is the 95 % interval of its rate.
              {hasFew &&
                ` Classes of fewer than ${fewDeployments} deployments are pale: their rate may be chance.`}
            </p>
          </>
        )}
      </div>
    </Card>
  );
}

function Rate({ of: { n, rate, interval }, widest }: { of: SizeClass; widest: number }) {
  if (rate === null || interval === null) return <span className="text-muted">no deployments</span>;
  const share = (value: number) => `${Math.min(1, value / widest) * 100}%`;
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <span aria-hidden="true" className="relative h-3.5 min-w-24 flex-1">
        <span
          className={`absolute inset-y-0 left-0 min-w-px rounded-sm bg-bad ${n < fewDeployments ? "opacity-40" : ""}`}
          style={{ width: share(rate) }}
        />
        <span
          className="absolute top-1/2 h-px bg-ink"
          style={{
            left: share(interval.low),
            width: share(Math.min(interval.high, widest) - Math.min(interval.low, widest)),
          }}
        />
      </span>
      <span className="whitespace-nowrap">
        {formatRate(rate)}{" "}
        <span className="text-sm text-muted">
          {formatRate(interval.low)} to {formatRate(interval.high)}
        </span>
      </span>
    </div>
  );
}
