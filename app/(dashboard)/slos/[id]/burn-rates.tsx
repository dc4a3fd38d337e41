import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { SloAnswer } from "@/lib/http/slo-answers";
import { EventLink } from "../event-link";

/** How fast the budget is being spent, by the windows that alert; each number opens to its events. */
export function BurnRates({ slo }: { slo: SloAnswer }) {
  return (
    <Table label="Burn rates" stacked>
      <thead>
        <tr>
          <Head>Window</Head>
          <Head className="text-right">n</Head>
          <Head className="text-right">Bad</Head>
          <Head className="text-right">Burn rate</Head>
          <Head className="text-right">In its last twelfth</Head>
          <Head className="text-right">Alerts from</Head>
          <Head className="text-right">Budget spent by it</Head>
          <Head>Burning</Head>
        </tr>
      </thead>
      <tbody className="tabular">
        {slo.burnRates.map((rate) => (
          <Row key={rate.windowSeconds} slo={slo} rate={rate} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ slo, rate }: { slo: SloAnswer; rate: SloAnswer["burnRates"][number] }) {
  const { windowSeconds, shortWindowSeconds, n, good, shortN, shortGood } = rate;
  const window = `the last ${formatSeconds(windowSeconds)}`;
  const short = `the last ${formatSeconds(shortWindowSeconds)}`;
  return (
    <tr>
      <Cell>{formatSeconds(windowSeconds)}</Cell>
      <Cell label="n" className="text-right">
        <EventLink {...{ slo, n }} rows="all" last={windowSeconds} label={`${n} in ${window}`}>
          {formatCount(n)}
        </EventLink>
      </Cell>
      <Cell label="Bad" className="text-right">
        <EventLink
          {...{ slo, n: n - good }}
          rows="bad"
          last={windowSeconds}
          label={`${n - good} bad in ${window}`}
        >
          {n === 0 ? "–" : formatCount(n - good)}
        </EventLink>
      </Cell>
      <Cell label="Burn rate" className="text-right">
        {times(rate.burnRate)}
      </Cell>
      <Cell label="In its last twelfth" className="text-right">
        {times(rate.shortBurnRate)}
        {shortN > 0 && (
          <span className="text-muted">
            {" "}
            (
            <EventLink
              {...{ slo, n: shortN - shortGood }}
              rows="bad"
              last={shortWindowSeconds}
              label={`${shortN - shortGood} bad in ${short}`}
            >
              {formatCount(shortN - shortGood)}
            </EventLink>{" "}
            of{" "}
            <EventLink
              {...{ slo, n: shortN }}
              rows="all"
              last={shortWindowSeconds}
              label={`${shortN} in ${short}`}
            >
              {formatCount(shortN)}
            </EventLink>
            )
          </span>
        )}
      </Cell>
      <Cell label="Alerts from" className="text-right">
        {times(rate.thresholdRate)}
      </Cell>
      <Cell label="Budget spent by it" className="text-right">
        {formatRate(rate.budgetSpent)}
      </Cell>
      <Cell label="Burning">{rate.burning ? <b className="text-bad">yes</b> : "no"}</Cell>
    </tr>
  );
}

/** As many times as fast as the target allows. */
function times(rate: number | null): string {
  return rate === null ? "–" : `${formatCount(rate)}×`;
}
