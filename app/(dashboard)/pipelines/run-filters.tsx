"use client";

import { FilterBar } from "@/app/_filters/filter-bar";
import { RepositoryPicker, TeamPicker } from "@/app/_filters/pickers";
import type { useFilters } from "@/app/_filters/use-filters";
import { Picker } from "@/app/_ui/picker";
import { SearchField } from "@/app/_ui/search-field";

/** As the API names them; `counted` comes with links from the figures. */
export const runFilters = [
  "repository",
  "team",
  "branch",
  "name",
  "status",
  "flaky",
  "counted",
] as const;

/** Of builds alone, and come with links from the stages. */
export const buildFilters = [...runFilters, "stage", "failedIn"] as const;

const statuses = [
  { value: "succeeded,failed", label: "succeeded or failed" },
  ...["queued", "running", "succeeded", "failed", "canceled"].map((value) => ({
    value,
    label: value,
  })),
];

/** The filters that lists of builds and of test runs share. */
export function RunFilters({
  filters,
  noun,
}: {
  filters: ReturnType<typeof useFilters<(typeof runFilters)[number]>>;
  noun: "Build" | "Suite";
}) {
  const { value, choose } = filters;
  return (
    <FilterBar filters={filters}>
      <RepositoryPicker
        value={value("repository")}
        onChoose={(next) => choose("repository", next)}
      />
      <TeamPicker value={value("team")} onChoose={(next) => choose("team", next)} />
      <SearchField
        label={`${noun}'s name`}
        placeholder={`${noun}'s name`}
        value={value("name")}
        onSearch={(text) => choose("name", text)}
      />
      <SearchField
        label="Branch"
        placeholder="Branch"
        value={value("branch")}
        onSearch={(text) => choose("branch", text)}
      />
      <Picker
        name="Status"
        any="Every status"
        value={value("status")}
        choices={statuses}
        onChoose={(next) => choose("status", next)}
      />
      <Picker
        name="Flakiness"
        any="Flaky or not"
        value={value("flaky")}
        choices={[
          { value: "true", label: "flaky" },
          { value: "false", label: "not flaky" },
        ]}
        onChoose={(next) => choose("flaky", next)}
      />
    </FilterBar>
  );
}
