import { Pill, type Tone } from "@/app/_ui/pill";
import type { SourceState } from "@/lib/source-health/state";

const words: Record<SourceState, { name: string; tone: Tone; says: string }> = {
  ok: { name: "ok", tone: "good", says: "It sends, and what it sends is read" },
  waiting: { name: "waiting", tone: "accent", says: "Nothing has arrived yet" },
  failing: {
    name: "failing",
    tone: "bad",
    says: "A tenth or more of the last day's deliveries could not be read",
  },
  quiet: {
    name: "gone quiet",
    tone: "warning",
    says: "By its own habit it should have sent something by now",
  },
  refused: {
    name: "refused",
    tone: "bad",
    says: "The last request to it did not prove itself: its secret is another one over there",
  },
};

/** How a source fares, in a word; the rest on hover. */
export function StatePill({ state }: { state: SourceState }) {
  const { name, tone, says } = words[state];
  return (
    <Pill tone={tone} title={says}>
      {name}
    </Pill>
  );
}

export function stateSays(state: SourceState): string {
  return words[state].says;
}
