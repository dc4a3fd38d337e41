"use client";

import { useState } from "react";
import { putAnswer, putNew } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { SelectField, TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { announce } from "@/app/_ui/toasts";
import { useTimezone } from "@/app/_window/timezone";
import type { TeamAnswer } from "@/lib/services/list-teams";

export function NewTeam() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        New team
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="New team">
        <TeamForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

export function ChangeTimezone({ team }: { team: TeamAnswer }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        data-control
        aria-label={`Change the time zone of ${team.name}`}
        onClick={() => setOpen(true)}
      >
        Change
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={team.name}>
        <TeamForm team={team} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function TeamForm({ team, onDone }: { team?: TeamAnswer; onDone: () => void }) {
  const { own } = useTimezone();
  const { mutate, error, isPending } = useSending(
    (values: FormData) => {
      const name = team?.name ?? String(values.get("name")).trim();
      const put = team ? putAnswer : putNew;
      return put(`/api/v1/teams/${encodeURIComponent(name)}`, {
        timezone: values.get("timezone"),
      });
    },
    ["/api/v1/teams"],
    () => {
      announce(team ? `The team ${team.name} is changed.` : "The team is made.");
      onDone();
    },
  );
  return (
    <Form error={error} onSend={mutate}>
      {!team && <TextField name="name" label="Name" required maxLength={100} autoComplete="off" />}
      <SelectField
        name="timezone"
        label="Time zone"
        defaultValue={team?.timezone ?? own}
        hint="Days and weeks of the team's figures follow it."
      >
        {zones(own, team?.timezone).map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </SelectField>
      <FormEnd error={error} pending={isPending}>
        {team ? "Save" : "Make the team"}
      </FormEnd>
    </Form>
  );
}

function zones(...first: (string | null | undefined)[]): string[] {
  const named = first.filter((zone) => typeof zone === "string");
  return [...new Set([...named, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}
