"use client";

import { useQuery } from "@tanstack/react-query";
import { environmentsQuery, servicesQuery, teamsQuery } from "@/app/_query/queries";
import { Picker } from "@/app/_ui/picker";

interface PickerProps {
  value: string | null;
  onChoose: (value: string | null) => void;
}

export function ServicePicker(props: PickerProps) {
  const items = useQuery(servicesQuery()).data?.items ?? [];
  return (
    <Picker
      name="Service"
      any="Every service"
      choices={items.map(({ name, team }) => ({
        value: name,
        label: team ? `${name} (${team})` : name,
      }))}
      {...props}
    />
  );
}

/** The repositories of the services that are known; any other by the address. */
export function RepositoryPicker(props: PickerProps) {
  const items = useQuery(servicesQuery()).data?.items ?? [];
  const names = [...new Set(items.flatMap(({ repository }) => repository ?? []))].sort();
  return (
    <Picker
      name="Repository"
      any="Every repository"
      choices={names.map((name) => ({ value: name, label: name }))}
      {...props}
    />
  );
}

export function TeamPicker(props: PickerProps) {
  const items = useQuery(teamsQuery()).data?.items ?? [];
  return (
    <Picker
      name="Team"
      any="Every team"
      choices={items.map(({ name }) => ({ value: name, label: name }))}
      {...props}
    />
  );
}

export function EnvironmentPicker({
  any = "Every environment",
  ...props
}: PickerProps & { any?: string }) {
  const items = useQuery(environmentsQuery()).data?.items ?? [];
  const names = [...new Set(items.map(({ environment }) => environment))].sort();
  return (
    <Picker
      name="Environment"
      any={any}
      choices={names.map((name) => ({ value: name, label: name }))}
      {...props}
    />
  );
}
