import { benchIngest } from "@/scripts/bench/ingest";
import { benchPixel } from "@/scripts/bench/pixel";
import { benchQueries } from "@/scripts/bench/queries";

/** Each ends by itself, prints its figures and leaves nothing behind. */
const benchmarks: Record<string, () => Promise<void>> = {
  ingest: benchIngest,
  pixel: benchPixel,
  queries: benchQueries,
};

const [name = ""] = process.argv.slice(2);
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (benchmark) {
  await benchmark();
  process.exit(0);
}
console.error(`Which one? npm run bench -- ${Object.keys(benchmarks).join(" | ")}`);
process.exit(2);
