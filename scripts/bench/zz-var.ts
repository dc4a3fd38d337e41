import { withPostgres } from "@/scripts/bench/bench-postgres";
import { readPayloads } from "@/scripts/bench/ingest/payloads";
import { sendLoad } from "@/scripts/bench/ingest/send-load";
import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import pg from "pg";
const payloads = readPayloads();
const cpu = (pid: number) => { try { const f = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" "); return (Number(f[11]) + Number(f[12])) * 10; } catch { return 0; } };
const variants: [string, string, Record<string,string>][] = [
  ["bare", "bare-server.ts", {}],
  ["50x4", "pushline-server.ts", {}],
  ["share2", "pushline-server.ts", {SHARE: "2"}],
  ["share4", "pushline-server.ts", {SHARE: "4"}],
  ["lanes2", "pushline-server.ts", {LANES: "2"}],
  ["10x4", "pushline-server.ts", {ROWS: "10"}],
  ["6lanes", "pushline-server.ts", {LANES: "6", ROWS: "8"}],
];
const out = new Map<string, {r:number[], c:number[], p: number[]}>();
await withPostgres(async (url) => {
  const client = new pg.Client({connectionString: url}); await client.connect();
  const pgcpu = async () => { const { rows } = await client.query("select pid from pg_stat_activity"); return rows.reduce((s: number, r: any) => s + cpu(r.pid), 0); };
  for (let i = 0; i < 4; i++)
  for (const [name, file, env] of variants) {
    await client.query("truncate deliveries cascade"); await client.query("checkpoint");
    const server = fork(`scripts/bench/ingest/${file}`, [url], { execArgv: ["--import", "tsx"], env: {...process.env, ...env} });
    const port = await new Promise<number>((r) => server.once("message", (p) => r(Number(p))));
    await sendLoad({ port, connections: 32, seconds: 1, payloads });
    const before = cpu(server.pid!), pb = await pgcpu();
    const a = await sendLoad({ port, connections: 32, seconds: 2, payloads });
    const o = out.get(name) ?? {r:[],c:[],p:[]}; out.set(name,o);
    o.p.push(Math.round((await pgcpu() - pb) * 1000 / a.latencies.length));
    o.r.push(Math.round(a.perSecond)); o.c.push(Math.round((cpu(server.pid!) - before) * 1000 / a.latencies.length));
    const ex = new Promise((r) => server.once("exit", r));
    server.kill("SIGKILL"); await ex;
  }
  await client.end();
});
for (const [n,{r,c,p}] of out) console.log(n.padEnd(14), r.join(" "), "| node cpu", c.join(" "), "| pg cpu", p.join(" "));
process.exit(0);
