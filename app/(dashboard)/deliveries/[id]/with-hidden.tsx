import { hiddenMark } from "@/lib/ingest/hidden-mark";

/** Text in which whatever was a secret stands out as hidden. */
export function WithHidden({ text }: { text: string }) {
  return text.split(hiddenMark).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
    <span key={index}>
      {index > 0 && (
        <mark
          title="A secret was here; Pushline does not show it."
          className="rounded bg-warning-surface px-1 text-warning"
        >
          hidden
        </mark>
      )}
      {part}
    </span>
  ));
}
