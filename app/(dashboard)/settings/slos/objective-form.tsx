"use client";

import { useState } from "react";
import { putAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { indicatorNames } from "@/app/_slos/naming";
import { CheckField, SelectField, TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import type { ObjectiveAnswer } from "@/lib/http/slo-answers";
import { type Indicator, indicators } from "@/lib/slo/indicators";
import {
  objectiveId,
  type Scope,
  usualTarget,
  usualThresholdSeconds,
  usualWindowDays,
  windowDaysWithin,
} from "@/lib/slo/objective";

/** What a changed objective changes. */
export const stale = ["/api/v1/objectives", "/api/v1/slos"];

const minute = 60;
/** Proposed where nothing is usual: to be thought about, not in force by itself. */
const proposedSeconds: Partial<Record<Indicator, number>> = {
  rollback_decision: 15 * minute,
  recovery: 60 * minute,
  main_broken: 60 * minute,
};
const scopes: Record<Scope["kind"], string> = {
  all: "everything",
  team: "a team",
  service: "a service",
  repository: "a repository",
};

/** Sets an objective for an indicator in a scope, changes it, or switches it off there. */
export function ObjectiveForm({
  objective,
  onSaved,
  onCancel,
}: {
  objective?: ObjectiveAnswer;
  onSaved: () => void;
  onCancel: () => void;
}) {
  const [indicator, setIndicator] = useState<Indicator>(objective?.indicator ?? "build_duration");
  const [kind, setKind] = useState<Scope["kind"]>("all");
  const [off, setOff] = useState(objective?.thresholdSeconds === null);
  const { mutate, isPending, error } = useSending(
    ({ id, ...body }: ReturnType<typeof readForm>) =>
      putAnswer(`/api/v1/objectives/${encodeURIComponent(objective?.id ?? id)}`, body),
    stale,
    onSaved,
  );
  const seconds =
    objective?.thresholdSeconds ?? usualThresholdSeconds[indicator] ?? proposedSeconds[indicator];
  return (
    <Form
      error={error}
      onSend={(values) => mutate(readForm(values, indicator, kind, off))}
      className="max-w-xl"
    >
      {!objective && (
        <>
          <SelectField
            name="indicator"
            label="What is measured"
            value={indicator}
            onChange={({ target }) =>
              setIndicator(indicators.find((each) => each === target.value) ?? indicator)
            }
          >
            {indicators.map((each) => (
              <option key={each} value={each}>
                {indicatorNames[each]}
              </option>
            ))}
          </SelectField>
          <SelectField
            name="scope"
            label="Of"
            value={kind}
            onChange={({ target }) => setKind(target.value as Scope["kind"])}
          >
            {Object.entries(scopes).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </SelectField>
          {kind !== "all" && (
            <TextField name="id" label={`Name of the ${kind}`} required autoComplete="off" />
          )}
        </>
      )}
      {!off && (
        <TextField
          // Another indicator proposes another threshold.
          key={indicator}
          name="thresholdSeconds"
          label="Good when under, in seconds"
          type="number"
          min={1}
          step="any"
          defaultValue={seconds}
          required
        />
      )}
      <TextField
        name="target"
        label="Target, in percent"
        type="number"
        min={1}
        max={99.999}
        step="any"
        defaultValue={Math.round((objective?.target ?? usualTarget) * 100_000) / 1000}
        required
      />
      <TextField
        name="windowDays"
        label="Window, in days"
        type="number"
        min={windowDaysWithin.atLeast}
        max={windowDaysWithin.atMost}
        step={1}
        defaultValue={objective?.windowDays ?? usualWindowDays}
        required
      />
      <CheckField
        name="off"
        label="Switched off here"
        hint="Nothing of this scope is measured, and wider figures leave it out."
        checked={off}
        onChange={({ target }) => setOff(target.checked)}
      />
      <FormEnd error={error} pending={isPending} onCancel={onCancel}>
        Save
      </FormEnd>
    </Form>
  );
}

function readForm(values: FormData, indicator: Indicator, kind: Scope["kind"], off: boolean) {
  const name = String(values.get("id") ?? "").trim();
  return {
    id: objectiveId({ indicator, scope: { kind, name } }),
    thresholdSeconds: off ? null : Number(values.get("thresholdSeconds")),
    target: Number(values.get("target")) / 100,
    windowDays: Number(values.get("windowDays")),
  };
}
