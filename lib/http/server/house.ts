import type { Context } from "@/lib/context";
import type { Door } from "@/lib/ingest/door";
import type { Streams } from "@/lib/live/stream";

/** What the server's own addresses share, for as long as the process runs. */
export interface House {
  context: Context;
  door: Door;
  live: Streams;
  /** The address people use, where it is not the one we listen on. */
  baseUrl: string | null;
  /** True from the first moment of stopping. */
  closing: boolean;
}
