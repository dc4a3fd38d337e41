"use client";

import { useQuery } from "@tanstack/react-query";
import { mainBranchesQuery, serviceRulesQuery } from "@/app/_query/queries";
import { Picker } from "@/app/_ui/picker";

/** Repositories that rules name or of which a main branch was built. */
export function RepositoryPicker({
  value,
  onChoose,
}: {
  value: string | null;
  onChoose: (value: string | null) => void;
}) {
  const rules = useQuery(serviceRulesQuery()).data?.items ?? [];
  const built = useQuery(mainBranchesQuery()).data?.items ?? [];
  const named = [...rules, ...built].flatMap(({ repository }) => repository ?? []);
  const names = [...new Set(named)].sort((one, other) => one.localeCompare(other));
  return (
    <Picker
      name="Repository"
      any="Every repository"
      value={value}
      choices={names.map((name) => ({ value: name, label: name }))}
      onChoose={onChoose}
    />
  );
}
