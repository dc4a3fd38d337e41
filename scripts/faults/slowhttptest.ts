import { spawn } from "node:child_process";
import { once } from "node:events";
import { findProgram } from "@/scripts/test/find-program";

/** Where connections are still open then, it ends by itself. */
export const slowhttptestSeconds = 45;

export function hasSlowhttptest(): boolean {
  return findProgram("slowhttptest") !== null;
}

/** Slow bodies on so many connections; seconds until none is open any more, or its limit. */
export async function runSlowhttptest(url: string, connections: number): Promise<number> {
  const parameters = [
    [
      "-B",
      "-c",
      String(connections),
      "-r",
      "500",
      "-i",
      "5",
      "-l",
      String(slowhttptestSeconds),
      "-x",
      "2",
    ],
    ["-s", "100000", "-p", "5", "-u", `${url}/api/webhooks/steady`],
  ].flat();
  const started = performance.now();
  // It opens a file for each connection, more than shells allow by themselves.
  const child = spawn("sh", ["-c", 'ulimit -n 4096; exec slowhttptest "$@"', "sh", ...parameters], {
    stdio: ["ignore", "ignore", "ignore"],
  });
  await once(child, "exit");
  return (performance.now() - started) / 1_000;
}
