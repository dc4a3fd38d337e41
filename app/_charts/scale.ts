import type { Series, Unit } from "./types";
import { tickUnit } from "./units";

export interface ValueTick {
  value: number;
  label: string;
}

/** A y axis: its ends and its round ticks, whose first and last are the ends. */
export interface ValueScale {
  min: number;
  max: number;
  ticks: readonly ValueTick[];
}

export interface ScaleOptions {
  unit: Unit;
  /** Pixels of the plot; a tick needs about 46. */
  height: number;
  baseline?: "zero" | "fit";
  /** Values that must be on the axis whatever the points say. */
  include?: readonly number[];
}

/** The axis for values, with ends that are round in the unit read by a person. */
export function valueScale(values: Iterable<number | null>, options: ScaleOptions): ValueScale {
  let [low, high] = extent(values, options.include ?? []);
  if (options.baseline !== "fit") {
    low = Math.min(0, low);
    high = Math.max(0, high);
  }
  if (low === high) high = low + (options.unit === "ratio" ? 0.01 : 1);

  const unit = tickUnit(options.unit, Math.max(Math.abs(low), Math.abs(high)));
  const intervals = Math.max(2, Math.round(options.height / 46));
  const step = roundStep((high - low) / unit.factor / intervals, unit.steps, unit.integer);
  const first = Math.floor(low / unit.factor / step + 1e-9);
  const last = Math.ceil(high / unit.factor / step - 1e-9);

  const ticks: ValueTick[] = [];
  for (let index = first; index <= last; index += 1) {
    const value = index * step;
    ticks.push({ value: value * unit.factor, label: `${tickNumber(value, step)}${unit.suffix}` });
  }
  return { min: first * step * unit.factor, max: last * step * unit.factor, ticks };
}

/** All values of all series, for `valueScale`. */
export function* seriesValues(series: readonly Series[]): Generator<number | null> {
  for (const { points } of series) for (const [, value] of points) yield value;
}

function extent(values: Iterable<number | null>, include: readonly number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const take = (value: number | null) => {
    if (value === null || !Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const value of values) take(value);
  for (const value of include) take(value);
  return low > high ? [0, 0] : [low, high];
}

function roundStep(raw: number, steps: readonly number[] | undefined, integer = false): number {
  const listed = steps?.find((step) => step >= raw);
  if (listed !== undefined) return listed;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= raw * (1 - 1e-9)) ?? 10) * power;
  return integer ? Math.max(1, Math.ceil(step)) : step;
}

function tickNumber(value: number, step: number): string {
  const decimals = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) + 1e-9)));
  const extra = decimals > 0 || Number.isInteger(step) ? 0 : 1;
  const text = value.toLocaleString("en-US", {
    maximumFractionDigits: decimals + extra + (has25(step) ? 1 : 0),
  });
  return text === "-0" ? "0" : text.replace("-", "−");
}

/** A step of 2.5, 0.25 … needs one more digit than its power of ten. */
function has25(step: number): boolean {
  return /^25/.test(step.toExponential().replace(".", ""));
}
