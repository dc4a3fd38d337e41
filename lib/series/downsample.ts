import type { Sample } from "@/lib/series/types";

/**
 * At most `points` of the samples, chosen by largest triangle three buckets, so
 * that peaks stay where averaging would hide them. Source: S. Steinarsson,
 * "Downsampling Time Series for Visual Representation" (2013).
 */
export function downsample(samples: readonly Sample[], points: number): Sample[] {
  if (samples.length <= points || points < 3) return samples.slice(0, Math.max(points, 0));
  const first = samples[0] as Sample;
  const chosen: Sample[] = [first];
  const width = (samples.length - 2) / (points - 2);
  for (let bucket = 0; bucket < points - 2; bucket += 1) {
    const start = Math.floor(bucket * width) + 1;
    const end = Math.floor((bucket + 1) * width) + 1;
    const next = average(
      samples,
      end,
      Math.min(Math.floor((bucket + 2) * width) + 1, samples.length),
    );
    chosen.push(largest(samples, start, end, chosen.at(-1) as Sample, next));
  }
  chosen.push(samples.at(-1) as Sample);
  return chosen;
}

function average(samples: readonly Sample[], start: number, end: number): Sample {
  const part = samples.slice(start, end);
  const sum = part.reduce(([at, value], sample) => [at + sample[0], value + sample[1]], [0, 0]);
  return [(sum[0] ?? 0) / part.length, (sum[1] ?? 0) / part.length];
}

function largest(
  samples: readonly Sample[],
  start: number,
  end: number,
  before: Sample,
  after: Sample,
): Sample {
  let best = samples[start] as Sample;
  let bestArea = -1;
  for (const sample of samples.slice(start, end)) {
    const area = Math.abs(
      (before[0] - after[0]) * (sample[1] - before[1]) -
        (before[0] - sample[0]) * (after[1] - before[1]),
    );
    if (area > bestArea) [best, bestArea] = [sample, area];
  }
  return best;
}
