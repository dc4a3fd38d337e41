import { Pill, type Tone } from "@/app/_ui/pill";
import type { DeliveryAnswer } from "@/lib/http/fact-answers";

const tones: Record<DeliveryAnswer["outcome"], Tone> = {
  pending: "accent",
  accepted: "good",
  ignored: "plain",
  failed: "bad",
};

export function OutcomePill({ outcome }: { outcome: DeliveryAnswer["outcome"] }) {
  return <Pill tone={tones[outcome]}>{outcome}</Pill>;
}
