"use client";

import { Select } from "@/app/_ui/select";
import { useWeekStart } from "@/app/_window/week-start";
import { readWeekStart, weekStarts } from "@/app/_window/week-start-name";

const names = { monday: "Weeks from Mon", sunday: "Weeks from Sun", saturday: "Weeks from Sat" };

export function WeekStartPicker() {
  const { weekStart, chooseWeekStart } = useWeekStart();
  return (
    <Select
      className="font-semibold"
      aria-label="Weeks begin on"
      value={weekStart}
      onChange={(event) => chooseWeekStart(readWeekStart(event.target.value) ?? weekStart)}
    >
      {weekStarts.map((each) => (
        <option key={each} value={each}>
          {names[each]}
        </option>
      ))}
    </Select>
  );
}
