"use client";

import { Combobox } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import { type Choice, ChoiceList } from "@/app/_ui/choice-list";

/** One choice out of many, searched by typing; `any` is the label while nothing is chosen. */
export function Picker({
  name,
  any,
  value,
  choices,
  onChoose,
}: {
  name: string;
  any?: string;
  value: string | null;
  choices: Choice[];
  onChoose: (value: string | null) => void;
}) {
  const items = any === undefined ? choices : [{ value: "", label: any }, ...choices];
  const chosen =
    items.find((item) => item.value === (value ?? "")) ?? (value ? { value, label: value } : null);
  return (
    <Combobox.Root
      items={items}
      value={chosen}
      onValueChange={(item) => onChoose(item?.value ? item.value : null)}
      isItemEqualToValue={(a, b) => a.value === b.value}
    >
      <Combobox.Trigger
        aria-label={`${name}: ${chosen?.label ?? any ?? "none"}`}
        className="inline-flex min-h-8 max-w-56 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 font-semibold whitespace-nowrap hover:bg-sunken data-popup-open:bg-sunken"
      >
        <span className="truncate">{chosen?.label ?? any ?? name}</span>
        <ChevronDown aria-hidden="true" size={14} className="shrink-0 text-muted" />
      </Combobox.Trigger>
      <ChoiceList name={name} count={items.length} />
    </Combobox.Root>
  );
}
