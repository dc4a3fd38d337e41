import { createHmac, randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Fault } from "@/scripts/faults/fault";
import type { Instance } from "@/scripts/faults/instance";

const source = "rotated";
const senders = 8;
const pauseMilliseconds = 80;
const phaseMilliseconds = 2_000;

type Phase = "before" | "both" | "finishing" | "after";

export const rotation: Fault = {
  row: 25,
  load: `a webhook secret rotates while ${senders} senders use the old one, and ${senders} more the new one as soon as it is known`,
  async run(instance) {
    const { secret: old } = await instance.manage<{ secret: string }>("POST", "/api/v1/sources", {
      name: source,
      provider: "github",
    });
    const state = { phase: "before" as Phase, over: false };
    const tally = { old: 0, new: 0, oldRefused: 0, newRefused: 0, oldAfterwards: 0 };
    const sendOld = async () => {
      const { phase } = state;
      const isTaken = await deliver(instance, old);
      if (phase === "after") tally.oldAfterwards += isTaken ? 1 : 0;
      else if (isTaken) tally.old += 1;
      // One that the end of the rotation overtook may meet either state.
      else if (state.phase === phase && phase !== "finishing") tally.oldRefused += 1;
    };
    const sendNew = async (secret: string) => {
      if (await deliver(instance, secret)) tally.new += 1;
      else tally.newRefused += 1;
    };
    const sending = [...go(state, sendOld)];
    await setTimeout(phaseMilliseconds);
    const { secret } = await instance.manage<{ secret: string }>(
      "POST",
      `/api/v1/sources/${source}/rotation`,
      {},
    );
    state.phase = "both";
    sending.push(...go(state, () => sendNew(secret)));
    await setTimeout(phaseMilliseconds);
    state.phase = "finishing";
    await instance.manage("DELETE", `/api/v1/sources/${source}/rotation`);
    state.phase = "after";
    await setTimeout(phaseMilliseconds);
    state.over = true;
    await Promise.all(sending);
    return {
      figure: `old ${tally.old} taken, ${tally.oldRefused} refused before the end, ${tally.oldAfterwards} taken after it; new ${tally.new} taken, ${tally.newRefused} refused`,
      pass:
        tally.oldRefused + tally.newRefused + tally.oldAfterwards === 0 &&
        tally.old > 0 &&
        tally.new > 0,
    };
  },
};

function go(state: { over: boolean }, send: () => Promise<void>): Promise<void>[] {
  return Array.from({ length: senders }, async () => {
    while (!state.over) {
      await send();
      await setTimeout(pauseMilliseconds);
    }
  });
}

async function deliver(instance: Instance, secret: string): Promise<boolean> {
  const body = JSON.stringify({ zen: randomUUID() });
  const { status } = await instance.ask(`/api/webhooks/${source}`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
  });
  return status === 202;
}
