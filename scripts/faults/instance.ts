import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type Answered, ask, type Question } from "@/lib/http/testing/ask";
import { adminToken } from "@/scripts/faults/credentials";

/** A server of its own in a process of its own, over loopback. */
export class Instance {
  /** Once somebody set it up. */
  adminEmail: string | null = null;

  private constructor(
    private readonly process: ChildProcess,
    readonly databaseUrl: string,
    readonly port: number,
    /** Of the first admin. */
    readonly setUpAddress: string,
  ) {}

  static async start(databaseUrl: string): Promise<Instance> {
    const child = fork("scripts/faults/server.ts", [databaseUrl], {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`the server ended with ${code}`);
    });
    const [{ port, setUp }] = await Promise.race([once(child, "message"), ended]);
    ended.catch(() => undefined);
    return new Instance(child, databaseUrl, port, setUp);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Bytes of memory that the server took at most during the work, above those before it. */
  async memoryDuring(work: () => Promise<void>): Promise<number> {
    const { from } = await this.tell("watch");
    await work();
    const { most } = await this.tell("most");
    return most - from;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await ended;
  }

  ask(path: string, question: Question = {}): Promise<Answered> {
    return ask(`${this.url}${path}`, { ...question, agent: false });
  }

  /** With the admin's token, and JSON both ways; throws what is no success. */
  async manage<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const { status, text } = await this.ask(path, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 300)}`);
    return JSON.parse(text) as Answer;
  }

  private async tell(message: string): Promise<{ from: number; most: number }> {
    const heard = once(this.process, "message");
    this.process.send(message);
    const [answer] = await heard;
    return answer;
  }
}
