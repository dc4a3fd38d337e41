"use client";

import { useSearchParams } from "next/navigation";
import { Sparkline } from "@/app/_charts/sparkline";
import { indicatorNames, objectiveWords, scopeKind, scopeName, sloHref } from "@/app/_slos/naming";
import { SloState } from "@/app/_slos/slo-state";
import { formatCount, formatRate } from "@/app/_ui/format";
import { Cell, Head, Table } from "@/app/_ui/table";
import { PageLink } from "@/app/_window/page-link";
import type { SloAnswer } from "@/lib/http/slo-answers";
import { BudgetBar } from "./budget-bar";
import { EventLink } from "./event-link";

/** Objectives, one a row: how they stand, what is left of the budget and how it went. */
export function SloTable({
  label,
  items,
  scoped,
}: {
  label: string;
  items: readonly SloAnswer[];
  /** Whether the rows are of several scopes, and so name theirs. */
  scoped: boolean;
}) {
  return (
    <Table label={label} stacked>
      <thead>
        <tr>
          <Head>Objective</Head>
          {scoped && <Head>Of</Head>}
          <Head>State</Head>
          <Head className="text-right">Attained</Head>
          <Head>Budget left</Head>
          <Head>Burn-down</Head>
          <Head className="text-right">n</Head>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <SloRow key={item.id} item={item} scoped={scoped} />
        ))}
      </tbody>
    </Table>
  );
}

function SloRow({ item, scoped }: { item: SloAnswer; scoped: boolean }) {
  const { id, indicator, scope, state, attainment, budgetLeft, n, good, burnDown = [] } = item;
  const at = useSearchParams().get("at");
  return (
    <tr>
      <Cell data-half className="whitespace-nowrap">
        <PageLink
          href={at ? `${sloHref(id)}?at=${encodeURIComponent(at)}` : sloHref(id)}
          className="link font-semibold"
        >
          {indicatorNames[indicator]}
          {scoped && <span className="sr-only max-sm:not-sr-only"> of {scopeName(scope)}</span>}
        </PageLink>
        <span className="block text-sm text-muted">{objectiveWords(item)}</span>
      </Cell>
      {scoped && (
        <Cell className="[overflow-wrap:anywhere] max-sm:hidden">
          {scopeName(scope)} <span className="block text-sm text-muted">{scopeKind(scope)}</span>
        </Cell>
      )}
      <Cell>
        <SloState state={state} />
      </Cell>
      <Cell label="Attained" className="text-right tabular">
        <EventLink slo={item} n={good} rows="good" label={`Attained: ${formatRate(attainment)}`}>
          {formatRate(attainment)}
        </EventLink>
      </Cell>
      <Cell label="Budget left" className="max-sm:order-1">
        <EventLink
          slo={item}
          n={n - good}
          rows="bad"
          label={`${n - good} bad, budget left: ${formatRate(budgetLeft)}`}
        >
          <BudgetBar left={budgetLeft} />
        </EventLink>
      </Cell>
      <Cell label="Burn-down" className="max-sm:order-1">
        <Sparkline
          label={`Budget left over the window: ${formatRate(budgetLeft)} now`}
          points={burnDown.map((left, day) => [day, left])}
        />
      </Cell>
      <Cell label="n" className="text-right tabular">
        <EventLink slo={item} n={n} rows="all" label={`n: ${n}`}>
          {formatCount(n)}
        </EventLink>
      </Cell>
    </tr>
  );
}
