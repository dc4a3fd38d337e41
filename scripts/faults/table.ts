import type { Fault, Finding } from "@/scripts/faults/fault";

const widths = [4, 60, 78, 4];

/** `row | load | figure | pass`, long cells over several lines. */
export function printTable(results: readonly [Fault, Finding][]): void {
  console.log();
  printRow(["row", "load", "figure", "pass"]);
  console.log(widths.map((width) => "-".repeat(width)).join("-|-"));
  for (const [{ row, load }, { figure, pass }] of results)
    printRow([String(row), load, figure, pass ? "yes" : "NO"]);
}

function printRow(cells: readonly string[]): void {
  const columns = cells.map((cell, index) => wrapped(cell, widths[index] ?? 0));
  const height = Math.max(...columns.map(({ length }) => length));
  for (let line = 0; line < height; line += 1)
    console.log(
      columns.map((lines, index) => (lines[line] ?? "").padEnd(widths[index] ?? 0)).join(" | "),
    );
}

function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
