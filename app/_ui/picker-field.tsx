"use client";

import { Combobox } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import { type Choice, ChoiceList } from "@/app/_ui/choice-list";
import { Field } from "@/app/_ui/field";
import { selectClass } from "@/app/_ui/select";

/** A form's field of one choice out of many, with their signs, searched by typing. */
export function PickerField({
  name,
  label,
  value,
  choices,
  onChoose,
}: {
  name: string;
  label: string;
  value: string;
  choices: Choice[];
  onChoose: (value: string) => void;
}) {
  const chosen = choices.find((choice) => choice.value === value) ?? null;
  return (
    <Field name={name} label={label}>
      {({ name: sentAs, ...control }) => (
        <Combobox.Root
          items={choices}
          value={chosen}
          onValueChange={(choice) => choice && onChoose(choice.value)}
          isItemEqualToValue={(a, b) => a.value === b.value}
          // Typed and Enter: the first that fits is chosen.
          autoHighlight
        >
          <input type="hidden" name={sentAs} value={value} />
          <Combobox.Trigger
            {...control}
            className={`${selectClass} flex w-full items-center gap-2 text-left data-popup-open:bg-sunken`}
          >
            {chosen?.sign}
            <span className="min-w-0 flex-1 truncate">{chosen?.label ?? value}</span>
            <ChevronDown aria-hidden="true" size={14} className="shrink-0 text-muted" />
          </Combobox.Trigger>
          <ChoiceList name={label} count={choices.length} />
        </Combobox.Root>
      )}
    </Field>
  );
}
