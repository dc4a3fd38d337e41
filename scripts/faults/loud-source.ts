import { setTimeout } from "node:timers/promises";
import { loudRate } from "@/scripts/faults/credentials";
import type { Fault } from "@/scripts/faults/fault";
import { compareSteady, type SteadyLoad, sendDuring } from "@/scripts/faults/steady-load";

const seconds = 8;
const times = 10;

export const loudSource: Fault = {
  row: 31,
  load: `one source sends ${times} times what it may (${times * loudRate}/s), beside 100 deliveries/s of another`,
  async run(instance) {
    let loud: SteadyLoad = { latencies: [], refused: 0, retryAfter: 0 };
    const compared = await compareSteady(instance, async () => {
      loud = await sendDuring(instance, { source: "loud", perSecond: times * loudRate }, () =>
        setTimeout(seconds * 1_000),
      );
    });
    return {
      figure: `the loud one: ${loud.latencies.length} taken, ${loud.refused} refused (${loud.retryAfter} with Retry-After); the other: ${compared.refused} refused, p99 ${compared.during.toFixed(1)} ms (alone ${compared.normal.toFixed(1)})`,
      pass: loud.refused > 0 && loud.retryAfter === loud.refused && compared.isUnharmed,
    };
  },
};
