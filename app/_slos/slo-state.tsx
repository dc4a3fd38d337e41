import { CircleCheck, CircleDashed, CircleX, Flame, TrendingDown } from "lucide-react";
import { Pill, type Tone } from "@/app/_ui/pill";
import type { SloState as State } from "@/lib/slo/burn-rates";

const states: Record<State, { words: string; tone: Tone; Glyph: typeof Flame }> = {
  ok: { words: "on track", tone: "good", Glyph: CircleCheck },
  slow_burn: { words: "burning slowly", tone: "warning", Glyph: TrendingDown },
  fast_burn: { words: "burning fast", tone: "bad", Glyph: Flame },
  exhausted: { words: "budget spent", tone: "bad", Glyph: CircleX },
  no_data: { words: "no data", tone: "plain", Glyph: CircleDashed },
};

/** How an objective stands, in a word and a glyph of its own. */
export function SloState({ state }: { state: State }) {
  const { words, tone, Glyph } = states[state];
  return (
    <Pill tone={tone}>
      <Glyph aria-hidden="true" size={13} /> {words}
    </Pill>
  );
}
