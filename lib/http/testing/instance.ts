import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setUpFile } from "@/lib/auth/set-up/offer-set-up";
import { cookieOf } from "@/lib/auth/testing";

export const token = "browser-tests-token";

/** Whom `Instance.signIn` makes. */
export const firstAdmin = {
  name: "Ada Admin",
  email: "ada@example.com",
  password: "correct horse battery staple",
};

const plainConfiguration = `
teams:
  - { name: payments, timezone: Europe/Berlin }
  - { name: storefront, timezone: Europe/Berlin }
services:
  - { name: checkout, repository: acme/checkout, team: payments, dependsOn: [ledger] }
  - { name: ledger, repository: acme/ledger, team: payments }
  - { name: web, repository: acme/web, team: storefront, dependsOn: [checkout] }
tokens:
  - { name: pipeline, token: "${token}", scopes: [ingest, read, write, admin] }
`;

/** A server of its own: own port, own data, stopped and started again at will. */
export class Instance {
  private process: ChildProcess | null = null;
  /** All that it said on both its outputs. */
  output = "";

  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly folder: string,
    private readonly databaseUrl: string,
  ) {}

  /** Without a database of somebody's it has its own. */
  static async create({
    configuration = plainConfiguration,
    databaseUrl = "",
  }: {
    /** Of the address that it will have, where it needs to know. */
    configuration?: string | ((url: string) => Promise<string>);
    databaseUrl?: string;
  } = {}): Promise<Instance> {
    const folder = mkdtempSync(join(tmpdir(), "pushline-browser-"));
    // The embedded Postgres runs as an ordinary user, who must reach its data.
    chmodSync(folder, 0o755);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const text = typeof configuration === "string" ? configuration : await configuration(url);
    writeFileSync(join(folder, "pushline.yaml"), text);
    return new Instance(url, port, folder, databaseUrl);
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ["scripts/bootstrap.mjs", "scripts/start.ts"], {
      env: {
        ...process.env,
        HOST: "127.0.0.1",
        PORT: String(this.port),
        PUSHLINE_DATA_DIR: join(this.folder, "data"),
        PUSHLINE_CONFIG: join(this.folder, "pushline.yaml"),
        DATABASE_URL: this.databaseUrl,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = child;
    const listen = (bytes: Buffer) => {
      this.output += bytes.toString();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    await until("the server answers", 300_000, async () => {
      if (child.exitCode !== null)
        throw new Error(`The server ended.\n${this.output.slice(-4_000)}`);
      return (await fetch(`${this.url}/readyz`).catch(() => null))?.ok === true;
    });
  }

  /** Sets the instance up as whoever started it does, by the address of the file; once per instance. */
  async signIn(): Promise<{ cookie: string }> {
    const address = this.setUpAddress();
    const response = await fetch(`${this.url}/api/v1/set-up`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: this.url },
      body: JSON.stringify({ token: new URL(address).hash.slice(1), ...firstAdmin }),
    });
    if (!response.ok) throw new Error(`Set-up failed: ${await response.text()}`);
    return { cookie: cookieOf(response.headers.get("set-cookie")) };
  }

  /** As `npm start` printed it. */
  setUpAddress(): string {
    return readFileSync(setUpFile(join(this.folder, "data")), "utf8").trim();
  }

  async stop(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Asks again until it is so; throws after the bound. */
export async function until(
  what: string,
  milliseconds: number,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited ${milliseconds} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
