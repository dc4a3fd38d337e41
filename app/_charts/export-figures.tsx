"use client";

import { saveFile } from "@/app/_ui/save-file";
import { toCsv } from "@/lib/http/csv";

/** A time as RFC 3339, or a figure as the API has it: no rounding, no unit signs. */
export type FigureRow = Record<string, string | number | boolean | null>;

interface ExportFiguresProps {
  /** What the figures are of; the files are named after it. */
  title: string;
  /** Made when they are asked for. */
  rows: () => FigureRow[];
}

/** The figures of a chart as files, exactly as drawn. */
export function ExportFigures({ title, rows }: ExportFiguresProps) {
  const name = `pushline-${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  const formats = [
    { format: "CSV", save: () => saveFile(`${name}.csv`, "text/csv", toCsv(rows())) },
    {
      format: "JSON",
      save: () =>
        saveFile(`${name}.json`, "application/json", JSON.stringify({ items: rows() }, null, 2)),
    },
  ];
  return (
    <span className="chart-export" data-control="">
      {formats.map(({ format, save }) => (
        <button key={format} type="button" onClick={save} aria-label={`${title} as ${format}`}>
          {format}
        </button>
      ))}
    </span>
  );
}
