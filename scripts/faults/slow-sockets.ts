import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Fault } from "@/scripts/faults/fault";
import type { Instance } from "@/scripts/faults/instance";
import {
  hasSlowhttptest,
  runSlowhttptest,
  slowhttptestSeconds,
} from "@/scripts/faults/slowhttptest";
import { compareSteady } from "@/scripts/faults/steady-load";

const sockets = 1_000;
const closedWithinSeconds = 30;
const dripMilliseconds = 2_000;

export const slowSockets: Fault = {
  row: 17,
  load: `${sockets} slow sockets, half in their headers and half in their bodies; then slowhttptest`,
  async run(instance) {
    let slowest = 0;
    const own = await compareSteady(instance, async () => {
      slowest = Math.max(...(await Promise.all(dripping(instance))));
    });
    const parts = [
      `closed in ${slowest.toFixed(1)} s, ${own.refused} refused, p99 ${own.during.toFixed(1)} ms (alone ${own.normal.toFixed(1)})`,
    ];
    let pass = slowest <= closedWithinSeconds && own.isUnharmed;
    if (hasSlowhttptest()) {
      let seconds = 0;
      const theirs = await compareSteady(instance, async () => {
        seconds = await runSlowhttptest(instance.url, sockets);
      });
      parts.push(
        `slowhttptest: all closed in ${seconds.toFixed(0)} s, ${theirs.refused} refused, p99 ${theirs.during.toFixed(1)} ms (alone ${theirs.normal.toFixed(1)})`,
      );
      // Its own start and end are in the figure: it is over when none is open any more.
      pass &&= seconds < slowhttptestSeconds && theirs.isUnharmed;
    } else parts.push("slowhttptest is not here: apt-get install slowhttptest");
    return { figure: parts.join("; "), pass };
  },
};

/** Seconds from the connection until the server ended it, for each socket. */
function dripping({ port }: Instance): Promise<number>[] {
  return Array.from({ length: sockets }, async (_, n) => {
    // A thousand at the same instant would only try the backlog.
    await setTimeout(n);
    return drip(port, n % 2 === 0 ? header : body);
  });
}

const header = "POST /api/webhooks/steady HTTP/1.1\r\nhost: 127.0.0.1\r\nx-a: ";
const body = `${header}a\r\ncontent-length: 100000\r\n\r\n`;

function drip(port: number, beginning: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const started = performance.now();
    socket.on("connect", () => socket.write(beginning));
    const timer = setInterval(() => socket.write("a"), dripMilliseconds);
    socket.on("error", () => undefined);
    socket.resume().once("close", () => {
      clearInterval(timer);
      resolve((performance.now() - started) / 1_000);
    });
  });
}
