"use client";

import { useState } from "react";
import { ExportFigures, type FigureRow } from "./export-figures";
import type { Mark } from "./marks";
import { markName } from "./reading";
import { mergeRows } from "./rows";
import { formatTime } from "./ticks";
import type { Graph, TimeRange } from "./types";
import { formatValue } from "./units";

interface GraphTableProps {
  label: string;
  graphs: readonly Graph[];
  marks: readonly Mark[];
  range: TimeRange;
  timezone: string;
  service: string;
}

/** More rows than this are thinned evenly: a table is to be read. */
const mostRows = 120;

/** The graphs' figures and their markers as tables; made only when asked for. */
export function GraphTable(props: GraphTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className="chart-below">
      <ExportFigures title={props.label} rows={() => figuresOf(props.graphs)} />
      <details
        className="chart-table"
        data-control=""
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>Show as table</summary>
        {open && (
          <>
            <Values {...props} />
            {props.marks.length > 0 && <Markers {...props} />}
          </>
        )}
      </details>
    </div>
  );
}

/** Every point as it was answered, the longest list of rows there is. */
function figuresOf(graphs: readonly Graph[]): FigureRow[] {
  return graphs.flatMap(({ title, unit, series }) =>
    series.flatMap(({ name, points }) =>
      points.map(([at, value]) => ({
        at: new Date(at).toISOString(),
        graph: title,
        series: name,
        unit,
        value,
      })),
    ),
  );
}

function Values({ label, graphs, range, timezone }: GraphTableProps) {
  const columns = graphs.flatMap(({ id, title, unit, series }) =>
    series.map((one) => ({
      key: `${id} ${one.name}`,
      name: series.length > 1 ? `${title}, ${one.name}` : title,
      unit,
      series: one,
    })),
  );
  const all = mergeRows(columns.map((column) => column.series));
  const each = Math.max(1, Math.ceil(all.length / mostRows));
  const rows = all.filter((_, index) => index % each === 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="chart-table-scroll" aria-label={`${label}, values`} tabIndex={0}>
      <table>
        <caption>
          {each > 1 ? `One point in ${each} of ${all.length}` : `${rows.length} points`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {columns.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([at, ...values]) => (
            <tr key={at}>
              <th scope="row">{formatTime(at, timezone, range.to - range.from)}</th>
              {columns.map(({ key, unit }, index) => (
                <td key={key}>{formatValue(values[index], unit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Markers({ label, marks, range, timezone, service }: GraphTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="chart-table-scroll" aria-label={`${label}, markers`} tabIndex={0}>
      <table>
        <caption>Deployments, releases and incidents</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">What</th>
            <th scope="col">Revision</th>
          </tr>
        </thead>
        <tbody>
          {marks.map((mark) => (
            <tr key={`${mark.kind} ${mark.marker.id}`}>
              <th scope="row">{formatTime(mark.at, timezone, range.to - range.from)}</th>
              <td>{markName(mark, service)}</td>
              <td>{mark.marker.revision?.slice(0, 10)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
