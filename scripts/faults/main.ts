import { parseArgs } from "node:util";
import { withPostgres } from "@/scripts/bench/bench-postgres";
import { bodyLimit } from "@/scripts/faults/body-limit";
import { bruteForce } from "@/scripts/faults/brute-force";
import type { Fault, Finding } from "@/scripts/faults/fault";
import { gzipBomb } from "@/scripts/faults/gzip-bomb";
import { hostileEngine } from "@/scripts/faults/hostile-engine";
import { Instance } from "@/scripts/faults/instance";
import { loudSource } from "@/scripts/faults/loud-source";
import { outsideAddresses } from "@/scripts/faults/outside-addresses";
import { rotation } from "@/scripts/faults/rotation";
import { setUpRace } from "@/scripts/faults/set-up-race";
import { slowSockets } from "@/scripts/faults/slow-sockets";
import { printTable } from "@/scripts/faults/table";

/** Memory is measured first: what large bodies leave to the process would hide what comes after. */
const faults: Fault[] = [
  gzipBomb,
  hostileEngine,
  bodyLimit,
  rotation,
  outsideAddresses,
  slowSockets,
  loudSource,
  setUpRace,
  bruteForce,
];
const patienceMilliseconds = 60_000;

const wanted = readRows();
const chosen = faults.filter(({ row }) => wanted.length === 0 || wanted.includes(row));
if (chosen.length === 0) {
  console.error(`Usage: npm run test:faults [-- --row ${faults.map(({ row }) => row).join("|")}]`);
  process.exit(2);
}
const results: [Fault, Finding][] = [];
await withPostgres(async (url) => {
  const instance = await Instance.start(url);
  try {
    for (const fault of chosen) {
      console.log(`Row ${fault.row}: ${fault.load} …`);
      const finding = await measured(fault, instance);
      results.push([fault, finding ?? unfinished(fault)]);
      if (finding) continue;
      // Its load goes on, and would be measured with the next; that it breaks off now is no news.
      process.on("unhandledRejection", () => undefined);
      break;
    }
  } finally {
    await instance.stop();
  }
});
printTable(results.sort(([one], [other]) => one.row - other.row));
process.exit(results.every(([, { pass }]) => pass) ? 0 : 1);

/** Null where it was not over in time. */
async function measured(fault: Fault, instance: Instance): Promise<Finding | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceOf(fault));
  });
  try {
    return await Promise.race([fault.run(instance), tooLong]);
  } catch (error) {
    return { figure: error instanceof Error ? error.message : String(error), pass: false };
  } finally {
    clearTimeout(timer);
  }
}

function patienceOf({ row }: Fault): number {
  return row === 17 ? 2 * patienceMilliseconds : patienceMilliseconds;
}

function unfinished(fault: Fault): Finding {
  const figure = `not over after ${patienceOf(fault) / 1_000} s; the rows after it were left out`;
  return { figure, pass: false };
}

function readRows(): number[] {
  const { values } = parseArgs({ options: { row: { type: "string", multiple: true } } });
  return (values.row ?? []).map(Number);
}
