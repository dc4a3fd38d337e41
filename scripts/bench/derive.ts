import { benchGraph } from "@/scripts/bench/derive/graph";
import { benchStreams } from "@/scripts/bench/derive/streams";

/** What one more deployment costs to derive, however long its stream and however large its repository. */
export async function benchDerive(): Promise<void> {
  await benchStreams();
  await benchGraph();
}
