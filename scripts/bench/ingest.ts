import { type ChildProcess, fork } from "node:child_process";
import { cpus } from "node:os";
import { sql } from "kysely";
import { createDatabase } from "@/db/client";
import { withPostgres } from "@/scripts/bench/bench-postgres";
import { type Payload, readPayloads } from "@/scripts/bench/ingest/payloads";
import { type Answered, sendLoad } from "@/scripts/bench/ingest/send-load";
import { median, percentile } from "@/scripts/bench/statistics";

const connections = 32;
const rounds = 5;
const warmUpSeconds = 2;
const roundSeconds = 4;

const contenders = [
  { name: "bare node:http", file: "bare-server.ts", options: [] },
  { name: "Pushline, the door", file: "pushline-server.ts", options: [] },
  { name: "Pushline, projecting", file: "pushline-server.ts", options: ["projecting"] },
];

/** Deliveries per second and latencies of the door, as a ratio of the least that does the same insert. */
export async function benchIngest(): Promise<void> {
  const payloads = readPayloads();
  const bytes = payloads.reduce((sum, payload) => sum + payload.bodyBytes, 0) / payloads.length;
  console.log(
    `${payloads.length} published GitHub payloads, ${(bytes / 1024).toFixed(1)} KB on average, signed; ` +
      `${connections} connections; ${rounds} rounds of ${roundSeconds} s, interleaved; ` +
      `Node ${process.versions.node}, ${cpus().length} cores; fsync on.\n`,
  );
  const results = contenders.map((): Answered[] => []);
  await withPostgres(async (url) => {
    for (let round = 0; round <= rounds; round += 1)
      for (const [index, contender] of contenders.entries()) {
        const seconds = round === 0 ? warmUpSeconds : roundSeconds;
        const answered = await measure(url, contender, payloads, seconds);
        if (round > 0) results[index]?.push(answered);
      }
  });
  print(results);
}

async function measure(
  url: string,
  { file, options }: (typeof contenders)[number],
  payloads: Payload[],
  seconds: number,
): Promise<Answered> {
  await empty(url);
  const server = fork(`scripts/bench/ingest/${file}`, [url, ...options], {
    execArgv: ["--import", "tsx"],
  });
  try {
    const port = await portOf(server);
    // The first second of a process is the compiler's.
    await sendLoad({ port, connections, seconds: 1, payloads });
    return await sendLoad({ port, connections, seconds, payloads });
  } finally {
    server.kill("SIGKILL");
  }
}

async function empty(url: string): Promise<void> {
  const database = createDatabase(url, {
    max: 1,
    statementTimeoutMs: 0,
    applicationName: "bench",
  });
  const { rows } = await sql<{ name: string }>`
    select string_agg(quote_ident(table_name), ', ') as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'
      and table_name not like '%migration%' and table_name <> 'audit'`.execute(database.db);
  await sql.raw(`truncate ${rows[0]?.name}`).execute(database.db);
  await sql`checkpoint`.execute(database.db);
  await database.close();
}

function portOf(server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("message", (port) => resolve(Number(port)));
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

function print(results: Answered[][]): void {
  const [bare] = results;
  const figures = results.map((answers) => ({
    perSecond: median(answers.map(({ perSecond }) => perSecond)),
    p50: median(answers.map(({ latencies }) => percentile(latencies, 0.5))),
    p99: median(answers.map(({ latencies }) => percentile(latencies, 0.99))),
    // Round against the bare one of the same round: what the machine does meanwhile cancels out.
    ratio: median(
      answers.map(({ perSecond }, round) => perSecond / (bare?.[round]?.perSecond ?? Number.NaN)),
    ),
  }));
  console.log("                        deliveries/s   ratio   p50 ms   p99 ms");
  for (const [index, { perSecond, ratio, p50, p99 }] of figures.entries())
    console.log(
      `${(contenders[index]?.name ?? "").padEnd(22)} ${perSecond.toFixed(0).padStart(13)} ` +
        `${ratio.toFixed(2).padStart(7)} ${p50.toFixed(1).padStart(8)} ${p99.toFixed(1).padStart(8)}`,
    );
}
