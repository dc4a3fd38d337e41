"use client";

import { Select } from "@/app/_ui/select";
import { definitions, type TrendsFilter } from "./questions";

/** Years that DORA has reported on; 2025's report says no levels, and so do we. */
const years = [2025, 2024, 2023, 2022, 2021];

const definitionNames = {
  pushline: "Pushline's rules",
  devlake: "DevLake's rules",
  both: "Both side by side",
};

/** By whose rules the figures are, and which year's levels are read beside them. */
export function ReadingAids({
  filter: { definition, levels },
  onChoose,
}: {
  filter: TrendsFilter;
  onChoose: (name: "definition" | "levels", value: string | null) => void;
}) {
  return (
    <>
      <Select
        className="font-semibold"
        aria-label="Definition"
        value={definition}
        onChange={({ target }) =>
          onChoose("definition", target.value === "pushline" ? null : target.value)
        }
      >
        {definitions.map((each) => (
          <option key={each} value={each}>
            {definitionNames[each]}
          </option>
        ))}
      </Select>
      <Select
        className="font-semibold"
        aria-label="Levels"
        value={levels ?? ""}
        onChange={({ target }) => onChoose("levels", target.value || null)}
      >
        <option value="">No levels</option>
        {years.map((year) => (
          <option key={year} value={year}>
            DORA {year} levels
          </option>
        ))}
      </Select>
    </>
  );
}
