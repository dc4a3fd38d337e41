import { tzOffset } from "@date-fns/tz";

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export interface LocalDay {
  /** 0 is Sunday. */
  weekday: number;
  weekend: boolean;
  /** Epoch milliseconds of a local hour of this day: 9.5 is half past nine. */
  at(localHour: number): number;
}

/** The days of a zone that `from` to `to` touch, oldest first. */
export function localDays(zone: string, from: number, to: number): LocalDay[] {
  const days: LocalDay[] = [];
  const first = Math.floor((from + offset(zone, from)) / day);
  const last = Math.floor((to + offset(zone, to)) / day);
  for (let index = first; index <= last; index++) {
    const weekday = (((index + 4) % 7) + 7) % 7;
    days.push({
      weekday,
      weekend: weekday === 0 || weekday === 6,
      at: (localHour) => {
        const wall = index * day + localHour * hour;
        return wall - offset(zone, wall - offset(zone, wall));
      },
    });
  }
  return days;
}

/** Hours since local midnight. */
export function localHourOf(zone: string, at: number): number {
  return ((((at + offset(zone, at)) % day) + day) % day) / hour;
}

/** An RFC 3339 time with the zone's offset, as git writes author dates. */
export function withOffset(zone: string, at: number): string {
  const minutes = tzOffset(zone, new Date(at));
  const sign = minutes < 0 ? "-" : "+";
  const two = (value: number) => String(value).padStart(2, "0");
  const local = new Date(at + minutes * minute).toISOString().slice(0, 19);
  return `${local}${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

const offset = (zone: string, at: number) => tzOffset(zone, new Date(at)) * minute;
