import type { BlockList } from "node:net";
import type { Context } from "@/lib/context";
import type { Door } from "@/lib/ingest/door";
import type { Rates } from "@/lib/limits/rates";
import type { Streams } from "@/lib/live/stream";
import type { Collector } from "@/lib/telemetry/exposition";
import type { Telemetry } from "@/lib/telemetry/start";

/** What the server's own addresses share, for as long as the process runs. */
export interface House {
  context: Context;
  door: Door;
  live: Streams;
  rates: Rates;
  /** Whose X-Forwarded-For is believed; null: nobody's. */
  trustedProxies: BlockList | null;
  telemetry: Pick<Telemetry, "collect">;
  /** What GET /metrics says besides. */
  collectors: readonly Collector[];
  /** True from the first moment of stopping. */
  closing: boolean;
}
