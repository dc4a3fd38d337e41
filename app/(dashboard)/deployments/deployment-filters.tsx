"use client";

import { useQuery } from "@tanstack/react-query";
import { kindNames } from "@/app/_deployments/naming";
import { batchMeasures } from "@/app/_figures/batch-classes";
import { FilterBar } from "@/app/_filters/filter-bar";
import { Placement } from "@/app/_filters/placement";
import type { useFilters } from "@/app/_filters/use-filters";
import { deploymentsQuery } from "@/app/_query/queries";
import { Picker } from "@/app/_ui/picker";
import { SearchField } from "@/app/_ui/search-field";

/** As the API names them; `tier`, `figure` and the classes of batches come with links from the trends. */
export const deploymentFilters = [
  "search",
  "service",
  "team",
  "environment",
  "tier",
  "kind",
  "status",
  "failed",
  "withdrawn",
  "rework",
  "counted",
  "corrected",
  "author",
  "figure",
  ...batchMeasures,
  "definition",
] as const;

type Filters = ReturnType<typeof useFilters<(typeof deploymentFilters)[number]>>;

const kinds = Object.entries(kindNames).map(([value, label]) => ({ value, label }));
const statuses = ["queued", "running", "succeeded", "failed", "canceled"].map((value) => ({
  value,
  label: value,
}));
const outcomes = [
  { value: "failed", label: "failed deployments" },
  { value: "withdrawn", label: "withdrawn" },
  { value: "rework", label: "rework" },
  { value: "counted", label: "counted in the metrics" },
  { value: "corrected", label: "corrected by a person" },
] as const;

export function DeploymentFilters({ filters }: { filters: Filters }) {
  const { value, choose, chooseAll } = filters;
  const outcome = outcomes.find((each) => value(each.value) === "true")?.value ?? null;
  const chooseOutcome = (next: string | null) =>
    chooseAll(
      Object.fromEntries(outcomes.map((each) => [each.value, each.value === next ? "true" : null])),
    );
  return (
    <FilterBar filters={filters}>
      <SearchField
        label="Search by version or revision"
        placeholder="Version or revision"
        value={value("search")}
        onSearch={(text) => choose("search", text)}
      />
      <Placement filters={filters} />
      <Picker
        name="Kind"
        any="Every kind"
        value={value("kind")}
        choices={kinds}
        onChoose={(next) => choose("kind", next)}
      />
      <Picker
        name="Status"
        any="Every status"
        value={value("status")}
        choices={statuses}
        onChoose={(next) => choose("status", next)}
      />
      <Picker
        name="Outcome"
        any="Every outcome"
        value={outcome}
        choices={[...outcomes]}
        onChoose={chooseOutcome}
      />
      <AuthorPicker value={value("author")} onChoose={(next) => choose("author", next)} />
    </FilterBar>
  );
}

/** The people of the latest deployments; anyone else by the address. */
function AuthorPicker(props: { value: string | null; onChoose: (value: string | null) => void }) {
  const { data } = useQuery(deploymentsQuery({ limit: 200 }));
  const names = [...new Set((data?.items ?? []).flatMap(({ author }) => author ?? []))].sort();
  return (
    <Picker
      name="Author"
      any="Everyone"
      choices={names.map((name) => ({ value: name, label: name }))}
      {...props}
    />
  );
}
