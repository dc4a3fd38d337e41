import type { ServerResponse } from "node:http";
import type { Context } from "@/lib/context";
import { type Follower, refuseTooMany, withoutRight } from "@/lib/live/followers";
import { Hub, type Listener } from "@/lib/live/hub";
import { type Position, readBounds } from "@/lib/live/read-positions";

/** Someone who reads so slowly is let go: on return it resumes from its last position. */
const bufferedBytesAtMost = 1024 * 1024;
/** Under the 45 s of silence after which our pages connect anew. */
const heartbeatMilliseconds = 15_000;
const retryMilliseconds = 2_000;

/** Whether someone may hear of a change. */
export type Audience = (position: Position) => boolean;

interface Stream extends Listener, Follower {
  response: ServerResponse;
}

/** The open event streams of this process: one hub, one heartbeat. */
export class Streams {
  readonly hub: Hub;
  private readonly open = new Set<Stream>();
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly context: Pick<Context, "db" | "clock" | "config">) {
    this.hub = new Hub(context.db);
    this.heartbeat = setInterval(() => {
      this.beat();
      void this.endWithoutRight();
    }, heartbeatMilliseconds);
    this.heartbeat.unref();
  }

  get size(): number {
    return this.open.size;
  }

  /**
   * Answers with an event stream: from the position the client last heard, else
   * from now. A position that is no longer kept (or never was) gets `reset`, which
   * says: ask for everything anew. Ends when the right to it has ended. Throws
   * `too_many_requests` above the caps.
   */
  async begin(
    response: ServerResponse,
    { actor, authorization }: Follower,
    lastHeard: number | null,
    headers: Record<string, string>,
    mayHear: Audience = () => true,
  ): Promise<void> {
    refuseTooMany(this.context, this.open, actor);
    const stream: Stream = {
      response,
      actor,
      authorization,
      position: 0,
      tell: (positions) => send(response, positions.filter(mayHear).map(toEvent).join("")),
    };
    this.open.add(stream);
    response.once("close", () => {
      this.open.delete(stream);
      this.hub.leave(stream);
    });
    try {
      const { oldest, newest } = await readBounds(this.context.db);
      const isKept = lastHeard !== null && lastHeard >= oldest - 1 && lastHeard <= newest;
      stream.position = isKept ? lastHeard : newest;
      response.writeHead(200, { ...headers, "content-type": "text/event-stream; charset=utf-8" });
      const isReset = lastHeard !== null && !isKept;
      send(response, greeting(stream.position, isReset));
      await this.hub.join(stream, () => drained(response));
      if (response.destroyed) this.hub.leave(stream);
    } catch (error) {
      this.open.delete(stream);
      throw error;
    }
  }

  /** Ends every stream; browsers come back by themselves. */
  close(): void {
    clearInterval(this.heartbeat);
    for (const { response } of this.open)
      if (response.headersSent) response.end();
      else response.destroy();
  }

  /** Whose session or token has ended hears no more; who asks again is refused like anybody. */
  private async endWithoutRight(): Promise<void> {
    // While the database cannot say, nobody is sent away.
    const ended = await withoutRight(this.context, [...this.open]).catch(() => []);
    for (const { response } of ended)
      if (response.headersSent) response.end();
      else response.destroy();
  }

  /** A message rather than a comment: a page cannot hear comments, and silence is how it knows of a dead line. */
  private beat(): void {
    // One that still waits for its bounds has no header yet: a word would send it the wrong one.
    for (const { response } of this.open) if (response.headersSent) send(response, "data: {}\n\n");
  }
}

/** The position first, so that a browser that hears nothing else still knows where to resume. */
function greeting(position: number, isReset: boolean): string {
  const event = isReset ? `event: reset\ndata: ${JSON.stringify({ position })}\n` : "";
  return `retry: ${retryMilliseconds}\nid: ${position}\n${event}\n`;
}

function toEvent({ position, topic, payload }: Position): string {
  return `id: ${position}\nevent: ${topic}\ndata: ${JSON.stringify(payload)}\n\n`;
}

function send(response: ServerResponse, text: string): void {
  if (text === "" || response.destroyed || response.writableEnded) return;
  response.write(text);
  if (response.writableLength > bufferedBytesAtMost) response.destroy();
}

/** Resolves when what has been written is on its way, or nobody is there to read it. */
function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      response.off("drain", end);
      response.off("close", end);
      resolve();
    };
    response.once("drain", end);
    response.once("close", end);
  });
}
