"use client";

import { formatValue } from "@/app/_charts/units";
import { type Comparison, useComparison } from "@/app/_graphs/use-comparison";
import { Pill, type Tone } from "@/app/_ui/pill";
import { Cell, Head, Table } from "@/app/_ui/table";

/** The new version beside the old in the same minutes; nothing where versions do not report. */
export function NewAgainstOld({
  service,
  environment,
  since,
}: {
  service: string;
  environment: string;
  since: string | null;
}) {
  const comparisons = useComparison(service, environment, since);
  const [first] = comparisons;
  if (!first) return null;
  return (
    <div className="mt-2">
      <Table label="New against old">
        <thead>
          <tr>
            <Head>New against old, same minutes</Head>
            <Head>{first.oldVersion}</Head>
            <Head>{first.newVersion}</Head>
            <Head>Change</Head>
            <Head>Reading</Head>
          </tr>
        </thead>
        <tbody className="tabular">
          {comparisons.map((each) => (
            <Row key={each.metric} comparison={each} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Row({ comparison }: { comparison: Comparison }) {
  const { tone, word } = readings[comparison.reading];
  return (
    <tr>
      <Cell>{comparison.title}</Cell>
      <Cell>{formatValue(comparison.oldValue, comparison.unit)}</Cell>
      <Cell>{formatValue(comparison.newValue, comparison.unit)}</Cell>
      <Cell>{change(comparison.change)}</Cell>
      <Cell>
        <Pill tone={tone}>{word}</Pill>
      </Cell>
    </tr>
  );
}

const readings: Record<Comparison["reading"], { tone: Tone; word: string }> = {
  same: { tone: "good", word: "✓ no change" },
  unclear: { tone: "plain", word: "? too little to tell" },
  better: { tone: "good", word: "✓ better" },
  worse: { tone: "bad", word: "! worse" },
  watch: { tone: "warning", word: "! watch" },
};

function change(ratio: number | null): string {
  if (ratio === null) return "–";
  return `${ratio >= 0 ? "+" : "−"}${formatValue(Math.abs(ratio), "ratio")}`;
}
