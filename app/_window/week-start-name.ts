export const weekStarts = ["monday", "sunday", "saturday"] as const;
export type WeekStart = (typeof weekStarts)[number];

/** What cannot be read is Monday, as ISO 8601 has it. */
export function readWeekStart(name: string | null | undefined): WeekStart | null {
  return weekStarts.find((each) => each === name) ?? null;
}
