import { cookies } from "next/headers";
import { requestNow } from "@/app/_server/request-now";
import { isTimezone } from "@/app/_window/timezone-name";
import { readWeekStart, type WeekStart } from "@/app/_window/week-start-name";
import { readWindow, type TimeWindow } from "@/app/_window/window";

export type SearchParameters = Promise<Record<string, string | string[] | undefined>>;

/** One value of an address's parameter; the first where it is repeated. */
export function one(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** The query of an address as it stood, its question mark included; empty where there is none. */
export async function searchOf(parameters: SearchParameters): Promise<string> {
  const given = Object.entries(await parameters).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  );
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

/** The window and zone that the page's parts will read from the same address. */
export async function readAddress(
  parameters: SearchParameters,
  fallback: string,
): Promise<{
  window: TimeWindow;
  timezone: string;
  weekStart: WeekStart;
  value(name: string): string | null;
}> {
  const given = await parameters;
  const value = (name: string) => one(given[name]);
  return {
    window: readWindow(value("from"), value("to"), fallback, requestNow()),
    timezone: await readTimezone(value("timezone")),
    weekStart: readWeekStart(value("weekStart")) ?? (await keptWeekStart()),
    value,
  };
}

async function readTimezone(named: string | null): Promise<string> {
  if (named && isTimezone(named)) return named;
  return keptTimezone();
}

/** The browser's zone, as it told it the last time. */
export async function keptTimezone(): Promise<string> {
  const kept = (await cookies()).get("pushline_timezone")?.value;
  const name = kept ? decodeURIComponent(kept) : "UTC";
  return isTimezone(name) ? name : "UTC";
}

/** The day that weeks begin with, as it was chosen here the last time. */
export async function keptWeekStart(): Promise<WeekStart> {
  return readWeekStart((await cookies()).get("pushline_week_start")?.value) ?? "monday";
}
