import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { operatingUser } from "@/db/embedded/operating-user";
import { findPlace } from "@/db/embedded/place";
import { isAlive } from "@/db/embedded/processes";
import { type EmbeddedPostgres, findEmbedded, startEmbedded } from "@/db/embedded/start";

let dataDir: string;
let running: EmbeddedPostgres[];
let told: string[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "pushline-embedded-"));
  running = [];
  told = [];
});
afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  // A relocated one lies elsewhere.
  for (const folder of [dataDir, ...running.map((postgres) => postgres.dataDir)])
    rmSync(folder, { recursive: true, force: true });
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded({ dataDir: folder, log: (line) => told.push(line) });
  running.push(postgres);
  return postgres;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Asks until Postgres answers, for at most 30 s. */
async function askPatiently(url: string, statement: string): Promise<unknown[]> {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      return await ask(url, statement);
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function pidFile(folder = dataDir): string {
  return join(folder, "postgres", "postmaster.pid");
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(pidFile(), "utf8")).split("\n")[0]);
}

/** A process that starts the same Postgres and is then killed with no chance to clean up. */
async function startInKilledProcess(): Promise<void> {
  const launcher = join(import.meta.dirname, "start.ts");
  const code = `
    const { startEmbedded } = await import(${JSON.stringify(launcher)});
    await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined });
    console.log("started");
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
}

describe("the embedded Postgres", () => {
  it("keeps its data over a stop and a start, and listens on no network", async () => {
    const first = await start();
    await ask(first.url, "create table kept as select 1 as one");
    expect(await ask(first.url, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
    expect(await ask(first.url, "show data_checksums")).toEqual([{ data_checksums: "on" }]);
    await first.stop();
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, "select one from kept")).toEqual([{ one: 1 }]);
  });

  it("is closed to other users of the machine", async () => {
    const { url } = await start();
    expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, "socket")).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, "postgres.password")).mode & 0o777).toBe(0o600);
    const wrong = new URL(url);
    wrong.password = "guessed";
    await expect(ask(wrong.href, "select 1")).rejects.toThrow(/password authentication failed/);
  });

  it("comes back by itself when its postmaster is killed", async () => {
    const { url } = await start();
    await ask(url, "create table kept as select 1 as one");
    const killed = await postmasterPid();
    process.kill(killed, "SIGKILL");
    expect(await askPatiently(url, "select one from kept")).toEqual([{ one: 1 }]);
    expect(await postmasterPid()).not.toBe(killed);
    expect(told.join("\n")).toMatch(/ended unexpectedly/);
  });

  it("comes back although a backend of the killed postmaster is busy", async () => {
    const { url } = await start();
    const busy = ask(url, "select count(*) from generate_series(1, 100000000000)").catch(() => []);
    await askPatiently(
      url,
      "select 1 / count(*) from pg_stat_activity where query like '%generate_series%' and pid <> pg_backend_pid()",
    );
    process.kill(await postmasterPid(), "SIGKILL");
    expect(await askPatiently(url, "select 1 as one")).toEqual([{ one: 1 }]);
    await busy;
  });

  it("is taken over when the app that started it was killed, and still watched", async () => {
    await startInKilledProcess();
    const left = await postmasterPid();
    const postgres = await start();
    expect(postgres.adopted).toBe(true);
    expect(await postmasterPid()).toBe(left);
    process.kill(left, "SIGKILL");
    expect(await askPatiently(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await postgres.stop();
    expect(isAlive(left)).toBe(false);
  });

  it("starts past a stale postmaster.pid whose process is something else", async () => {
    const first = await start();
    await first.stop();
    const stale = `${process.pid}\n${dataDir}/postgres\n1\n5432\n\n\n1 1\nready\n`;
    writeFileSync(pidFile(), stale);
    writeFileSync(join(dataDir, "socket", ".s.PGSQL.5432.lock"), stale);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("tells a second app that the folder is in use, and which process has it", async () => {
    const { url } = await start();
    await expect(start()).rejects.toThrow(
      `Another Pushline (process ${process.pid}) already uses this data folder.`,
    );
    expect(findEmbedded(dataDir)?.url).toBe(url);
  });

  it("is not found when nothing runs", async () => {
    const { stop } = await start();
    await stop();
    expect(findEmbedded(dataDir)).toBeNull();
  });

  it("starts over when a start was killed while it made the cluster", async () => {
    writeFileSync(join(dataDir, "postgres.unfinished-1.password"), "half");
    const { url } = await start();
    expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("uses a short socket path for a long data folder", async () => {
    const folder = join(dataDir, "a".repeat(120));
    const { url } = await start(folder);
    expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
    rmSync(findPlace(folder)?.socketFolder ?? "", { recursive: true });
  });

  it.runIf(process.platform === "linux")(
    "says so of a place where no folder can be made, where Node alone would try for ever",
    async () => {
      const code = `import("@/db/embedded/place").then(({ makePlace }) =>
        makePlace("/proc/pushline/data", null, () => undefined));`;
      const child = spawn(process.execPath, ["--import", "tsx", "-e", code], {
        timeout: 30_000,
        killSignal: "SIGKILL",
      });
      const said: string[] = [];
      child.stderr.on("data", (data) => said.push(String(data)));
      expect(await once(child, "close")).toEqual([1, null]);
      expect(said.join("")).toContain("The data folder /proc/pushline/data cannot be written");
    },
    60_000,
  );

  it("says that a folder cannot be written", async () => {
    const file = join(dataDir, "file");
    writeFileSync(file, "");
    await expect(start(join(file, "data"))).rejects.toThrow(
      /data folder .*file\/data cannot be written.*Set PUSHLINE_DATA_DIR/,
    );
  });

  it("says that another major version made the data", async () => {
    const { stop } = await start();
    await stop();
    writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "17\n");
    await expect(start()).rejects.toThrow(/made by Postgres 17, and this Pushline brings/);
    writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "18\n");
  });

  it.runIf(operatingUser())("moves to a reachable folder as root, and says so", async () => {
    const closed = join(dataDir, "closed");
    const folder = join(closed, "data");
    mkdirSync(closed, { mode: 0o700 });
    const postgres = await start(folder);
    expect(postgres.dataDir).toMatch(/^\/var\/lib\/pushline-[0-9a-f]{12}$/);
    expect(told.join("\n")).toContain(postgres.dataDir);
    expect(await ask(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });
});
