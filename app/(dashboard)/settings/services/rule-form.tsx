"use client";

import { useQuery } from "@tanstack/react-query";
import { type ChangeEvent, useState } from "react";
import { putAnswer, putNew } from "@/app/_query/answer";
import { teamsQuery } from "@/app/_query/queries";
import { useSending } from "@/app/_settings/use-sending";
import { managesTeam, useViewer, type Viewer } from "@/app/_shell/viewer";
import { Answered } from "@/app/_ui/answered";
import { SelectField, TextAreaField, TextField } from "@/app/_ui/field";
import { Form, FormEnd } from "@/app/_ui/form";
import { announce } from "@/app/_ui/toasts";
import type { ServiceRuleAnswer } from "@/lib/http/settings-answers";
import type { TeamAnswer } from "@/lib/services/list-teams";
import { type Draft, draftOf, ruleOf } from "./draft";
import { Preview } from "./preview";

interface RuleFormProps {
  rule?: ServiceRuleAnswer;
  onSaved: () => void;
  onCancel: () => void;
}

/** A service's rule, and beside it what it would match before it is saved. */
export function RuleForm(props: RuleFormProps) {
  const viewer = useViewer();
  const query = useQuery(teamsQuery());
  // Nothing can be saved before it is known which teams may be chosen.
  return (
    <Answered query={query} lines={8}>
      {({ items }) => <Fields teams={choosable(viewer, items)} {...props} />}
    </Answered>
  );
}

function Fields({
  rule,
  teams,
  onSaved,
  onCancel,
}: RuleFormProps & {
  /** The empty name is no team. */
  teams: readonly string[];
}) {
  const [draft, setDraft] = useState(() => draftOf(rule, teams[0]));
  const written = ruleOf(draft);
  const { mutate, isPending, error } = useSending(
    () => {
      const { name, ...body } = written;
      const put = rule ? putAnswer : putNew;
      return put(`/api/v1/service-rules/${encodeURIComponent(name)}`, body);
    },
    ["/api/v1/service-rules", "/api/v1/services"],
    () => {
      announce(`${written.name} is saved; history is derived anew.`);
      onSaved();
    },
  );
  const bound = (member: keyof Draft) => ({
    name: member,
    value: draft[member],
    onChange: ({
      target,
    }: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>) =>
      setDraft({ ...draft, [member]: target.value }),
  });
  return (
    <div className="grid gap-x-6 gap-y-4 lg:grid-cols-2">
      <Form error={error} onSend={() => mutate(undefined)}>
        {!rule && (
          <TextField
            {...bound("name")}
            label="Name"
            placeholder="checkout"
            required
            autoComplete="off"
          />
        )}
        <TextField {...bound("repository")} label="Repository" placeholder="acme/checkout" />
        <SelectField {...bound("team")} label="Team">
          {[...new Set([...teams, draft.team])].map((team) => (
            <option key={team} value={team}>
              {team || "none"}
            </option>
          ))}
        </SelectField>
        <TextField
          {...bound("dependsOn")}
          label="Depends on"
          placeholder="ledger, search"
          hint="Services whose changes may break this one; commas between them."
        />
        <TextAreaField
          {...bound("paths")}
          label="Paths"
          rows={2}
          placeholder="apps/web/**"
          hint="Its part of a monorepo: globs, one a line. Empty: all of the repository."
        />
        <TextAreaField
          {...bound("deployments")}
          label="Deployed as"
          rows={2}
          placeholder="web-*"
          hint="Names under which it is deployed elsewhere: globs, one a line."
        />
        <FormEnd error={error} pending={isPending} onCancel={onCancel}>
          Save
        </FormEnd>
        <p className="text-sm text-muted">
          Saving derives history anew by the rule; with years of it that takes some minutes.
        </p>
      </Form>
      <Preview rule={written} />
    </div>
  );
}

/** No team only an admin of the instance may choose. */
function choosable(viewer: Viewer, teams: readonly TeamAnswer[]): string[] {
  const managed = teams.map(({ name }) => name).filter((name) => managesTeam(viewer, name));
  return viewer.can.admin ? ["", ...managed] : managed;
}
