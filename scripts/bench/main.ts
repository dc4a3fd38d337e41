// Loaded when asked for: a benchmark needs no other one's tools.
/** Each ends by itself, prints its figures and leaves nothing behind. */
const benchmarks: Record<string, () => Promise<void>> = {
  derive: async () => (await import("@/scripts/bench/derive")).benchDerive(),
  ingest: async () => (await import("@/scripts/bench/ingest")).benchIngest(),
  metrics: async () => (await import("@/scripts/bench/metrics")).benchMetrics(),
  pixel: async () => (await import("@/scripts/bench/pixel")).benchPixel(),
  rebuild: async () => (await import("@/scripts/bench/rebuild")).benchRebuild(),
  queries: async () => (await import("@/scripts/bench/queries")).benchQueries(),
};

const [name = ""] = process.argv.slice(2);
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (benchmark) {
  await benchmark();
  process.exit(0);
}
console.error(`Which one? npm run bench -- ${Object.keys(benchmarks).join(" | ")}`);
process.exit(2);

export {};
