import { formatCount, formatRate, formatSeconds } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import type { SloAnswer } from "@/lib/http/slo-answers";

/** How fast the budget is being spent, by the windows that alert. */
export function BurnRates({ rates }: { rates: SloAnswer["burnRates"] }) {
  return (
    <Table label="Burn rates">
      <thead>
        <tr>
          <Head>Window</Head>
          <Head className="text-right">Burn rate</Head>
          <Head className="text-right">In its last twelfth</Head>
          <Head className="text-right">Alerts from</Head>
          <Head className="text-right">Budget spent by it</Head>
          <Head className="text-right">n</Head>
          <Head>Burning</Head>
        </tr>
      </thead>
      <tbody className="tabular">
        {rates.map((rate) => (
          <tr key={rate.windowSeconds}>
            <Cell>{formatSeconds(rate.windowSeconds)}</Cell>
            <Cell className="text-right">{times(rate.burnRate)}</Cell>
            <Cell className="text-right">{times(rate.shortBurnRate)}</Cell>
            <Cell className="text-right">{times(rate.thresholdRate)}</Cell>
            <Cell className="text-right">{formatRate(rate.budgetSpent)}</Cell>
            <Cell className="text-right">{formatCount(rate.n)}</Cell>
            <Cell>{rate.burning ? <b className="text-bad">yes</b> : "no"}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** As many times as fast as the target allows. */
function times(rate: number | null): string {
  return rate === null ? "–" : `${formatCount(rate)}×`;
}
