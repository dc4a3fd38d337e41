import type { Fault } from "@/scripts/faults/fault";
import { compareSteady, floodDuring } from "@/scripts/faults/steady-load";

const seconds = 8;
const connections = 24;

export const loudSource: Fault = {
  row: 31,
  load: "one source sends as fast as it is answered, many times its rate, beside 100 deliveries/s of another",
  async run(instance) {
    let loud = { taken: 0, refused: 0, retryAfter: 0 };
    const compared = await compareSteady(instance, async () => {
      const load = await floodDuring(
        instance,
        "loud",
        connections,
        performance.now() + seconds * 1_000,
      );
      loud = { taken: load.latencies.length, refused: load.refused, retryAfter: load.retryAfter };
    });
    return {
      figure: `the loud one: ${loud.taken} taken, ${loud.refused} refused (${loud.retryAfter} with Retry-After); the other: ${compared.refused} refused, p99 ${compared.during.toFixed(1)} ms (alone ${compared.normal.toFixed(1)})`,
      pass: loud.refused > 0 && loud.retryAfter === loud.refused && compared.isUnharmed,
    };
  },
};
