"use client";

import { useMemo } from "react";
import { Picker } from "@/app/_ui/picker";
import { useTimezone } from "@/app/_window/timezone";

export function TimezonePicker() {
  const { timezone, own, chooseTimezone } = useTimezone();
  const choices = useMemo(() => {
    const names = new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")]);
    return [...names].map((name) => ({ value: name, label: name.replaceAll("_", " ") }));
  }, [own]);
  return <Picker name="Time zone" value={timezone} choices={choices} onChoose={chooseTimezone} />;
}
