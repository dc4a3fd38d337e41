import { formatCount, formatSeconds, plural } from "@/app/_ui/format";
import type { SizeClass } from "@/lib/http/insight-answers";

type Class = Pick<SizeClass, "from" | "to">;

/** Batch measures by which lists of deployments narrow, under the API's own names. */
export const batchMeasures = ["changes", "lines", "branchAge"] as const;
export type BatchMeasure = (typeof batchMeasures)[number];

/** A class as the API's filters take it. */
export function classText({ from, to }: Class): string {
  return `${from}-${to ?? ""}`;
}

/** `4 to 7`, `32 or more`. */
export function countRange({ from, to }: Class): string {
  if (to === null) return `${formatCount(from)} or more`;
  return to - from === 1 ? formatCount(from) : `${formatCount(from)} to ${formatCount(to - 1)}`;
}

/** `under 4 h`, `1 d to 2 d`. */
export function ageRange({ from, to }: Class): string {
  if (to === null) return `${formatSeconds(from)} or more`;
  return from === 0
    ? `under ${formatSeconds(to)}`
    : `${formatSeconds(from)} to ${formatSeconds(to)}`;
}

/** What the filters of an address narrow deployments to, to be read after them; empty where none is set. */
export function classWords(value: (measure: BatchMeasure) => string | null): string {
  return batchMeasures
    .flatMap((measure) => {
      const text = value(measure);
      return text === null ? [] : [` ${said(measure, text)}`];
    })
    .join(",");
}

const known: Record<BatchMeasure, string> = {
  changes: "whose changes are known",
  lines: "whose lines are known",
  branchAge: "with a branch of known age",
};

function said(measure: BatchMeasure, text: string): string {
  if (text === "unknown") return "whose changes are unknown";
  const [from = "", to = ""] = text.split("-");
  const asked = { from: Number(from), to: to === "" ? null : Number(to) };
  if (asked.from === 0 && asked.to === null) return known[measure];
  if (measure === "branchAge") return `with an oldest branch of ${ageRange(asked)}`;
  const [one, many] = measure === "changes" ? ["change", "changes"] : ["line", "lines"];
  const single = asked.to !== null && asked.to - asked.from === 1;
  return `of ${single ? plural(asked.from, one, many) : `${countRange(asked)} ${many}`}`;
}
