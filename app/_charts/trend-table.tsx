import { ExportFigures, type FigureRow } from "./export-figures";
import { formatBucket } from "./ticks";
import { bucketLines, type TrendPart } from "./trend";
import type { Bucket, Unit } from "./types";

interface TrendTableProps {
  title: string;
  unit: Unit;
  buckets: readonly Bucket[];
  timezone: string;
  valueName?: string;
  secondName?: string;
  parts?: readonly TrendPart[];
}

/** A trend's buckets in figures. */
export function TrendTable({ buckets, unit, timezone, parts, ...names }: TrendTableProps) {
  const rows = buckets.map((bucket) => ({
    bucket,
    // Every row has every part, so that the columns agree.
    lines: bucketLines(bucket, unit, {
      value: names.valueName ?? names.title,
      second: names.secondName,
    }),
  }));
  const [first] = rows;
  if (!first) return null;
  return (
    <div className="chart-below">
      <ExportFigures
        title={names.title}
        rows={() => buckets.map((bucket) => figuresOf(bucket, names, parts))}
      />
      <details className="chart-table" data-control="">
        <summary>Show as table</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="chart-table-scroll" aria-label={`${names.title}, values`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Period</th>
                {first.lines.map(({ label }) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
                {parts?.map(({ key, label }) => (
                  <th key={key} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ bucket, lines }) => (
                <tr key={bucket.from}>
                  <th scope="row">
                    {formatBucket(bucket.from, bucket.to, timezone)}
                    {bucket.partial && " (partial)"}
                  </th>
                  {lines.map(({ label, value }) => (
                    <td key={label}>{value}</td>
                  ))}
                  {parts?.map(({ key }) => (
                    <td key={key}>{bucket.parts?.[key] ?? 0}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </div>
  );
}

function figuresOf(
  { from, to, partial, value, n, second, parts: made }: Bucket,
  { valueName = "value", secondName }: Pick<TrendTableProps, "valueName" | "secondName">,
  parts: readonly TrendPart[] = [],
): FigureRow {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    partial,
    [valueName]: value,
    ...(secondName && { [secondName]: second ?? null }),
    n,
    ...Object.fromEntries(parts.map(({ key }) => [key, made?.[key] ?? 0])),
  };
}
