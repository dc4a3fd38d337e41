import type { Unit } from "./types";

const minute = 60;
const hour = 3600;
const day = 86_400;

/** One figure as a person reads it: "4.8%", "612 ms", "1,266/s", "4 min 12 s"; null is "no data". */
export function formatValue(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "no data";
  switch (unit) {
    case "ratio":
      return `${readable(value * 100)}%`;
    case "seconds":
      return formatDuration(value);
    case "per_second":
      return `${compact(value)}/s`;
    case "count":
      return compact(value);
    case "bytes":
      return formatBytes(value);
    default:
      return unit === "" || unit === "1" ? compact(value) : `${compact(value)} ${unit}`;
  }
}

/** Two units at most: "87 µs", "612 ms", "4.2 s", "4 min 12 s", "3 h 20 min", "2 d 4 h". */
export function formatDuration(seconds: number): string {
  if (seconds < 0) return `−${formatDuration(-seconds)}`;
  if (seconds === 0) return "0 s";
  if (seconds < 0.001) return `${readable(seconds * 1e6)} µs`;
  if (seconds < 0.9995) return `${readable(seconds * 1000)} ms`;
  if (seconds < 59.5) return `${readable(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < hour) return pair(whole, minute, "min", 1, "s");
  if (whole < day) return pair(whole, hour, "h", minute, "min");
  return pair(whole, day, "d", hour, "h");
}

export interface TickUnit {
  /** Base units in one of the tick's units. */
  factor: number;
  suffix: string;
  /** Steps, in the tick's unit, that a reader calls round; decimal ones where absent. */
  steps?: readonly number[];
  integer?: boolean;
}

/** The unit that all labels of one y axis share, chosen by the greatest value on it. */
export function tickUnit(unit: Unit, greatest: number): TickUnit {
  switch (unit) {
    case "ratio":
      return { factor: 0.01, suffix: "%" };
    case "seconds":
      return secondsTickUnit(greatest);
    case "bytes": {
      const power = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(greatest, 1)) / 10)));
      return { factor: 1024 ** power, suffix: ` ${byteNames[power] ?? "B"}` };
    }
    case "count":
      return { ...thousands(greatest, ""), integer: greatest < 10_000 };
    case "per_second":
      return thousands(greatest, "/s");
    default:
      return thousands(greatest, unit === "" || unit === "1" ? "" : ` ${unit}`);
  }
}

const byteNames = ["B", "KiB", "MiB", "GiB", "TiB"];
const sixties = [0.5, 1, 2, 5, 10, 15, 20, 30, 60];

function secondsTickUnit(greatest: number): TickUnit {
  if (greatest < 0.001) return { factor: 1e-6, suffix: " µs" };
  if (greatest < 1) return { factor: 0.001, suffix: " ms" };
  if (greatest < 2 * minute) return { factor: 1, suffix: " s" };
  if (greatest < 2 * hour) return { factor: minute, suffix: " min", steps: sixties };
  if (greatest < 2 * day) return { factor: hour, suffix: " h", steps: [0.5, 1, 2, 3, 6, 12, 24] };
  return { factor: day, suffix: " d" };
}

function thousands(greatest: number, suffix: string): TickUnit {
  if (greatest >= 1e10) return { factor: 1e9, suffix: `G${suffix}` };
  if (greatest >= 1e7) return { factor: 1e6, suffix: `M${suffix}` };
  if (greatest >= 1e4) return { factor: 1e3, suffix: `k${suffix}` };
  return { factor: 1, suffix };
}

function formatBytes(bytes: number): string {
  const { factor, suffix } = tickUnit("bytes", Math.abs(bytes));
  return `${readable(bytes / factor)}${suffix}`;
}

function compact(value: number): string {
  const { factor, suffix } = thousands(Math.abs(value), "");
  return `${readable(value / factor)}${suffix}`;
}

function pair(whole: number, big: number, bigName: string, small: number, smallName: string) {
  let rest = Math.round((whole % big) / small);
  let count = Math.floor(whole / big);
  if (rest * small >= big) {
    count += 1;
    rest = 0;
  }
  return rest === 0 ? `${count} ${bigName}` : `${count} ${bigName} ${rest} ${smallName}`;
}

/** Few digits: none after the point from 100 on, one from 1 on, two significant below. */
function readable(value: number): string {
  const size = Math.abs(value);
  const digits =
    size >= 1 ? { maximumFractionDigits: size >= 100 ? 0 : 1 } : { maximumSignificantDigits: 2 };
  return value.toLocaleString("en-US", digits).replace("-", "−");
}
