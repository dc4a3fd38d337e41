"use client";

import { useState } from "react";
import { serviceHref } from "@/app/_deployments/naming";
import { deleteAnswer } from "@/app/_query/answer";
import { ChangeButton, Item } from "@/app/_settings/item";
import { useSending } from "@/app/_settings/use-sending";
import { managesTeam, useViewer } from "@/app/_shell/viewer";
import { ConfirmButton } from "@/app/_ui/confirm";
import { Line } from "@/app/_ui/line";
import { announce } from "@/app/_ui/toasts";
import { PageLink } from "@/app/_window/page-link";
import type { ServiceRuleAnswer } from "@/lib/http/settings-answers";
import { RuleForm } from "./rule-form";

export function RuleItem({ rule }: { rule: ServiceRuleAnswer }) {
  const { name, provisioned, team, repository, dependsOn, paths, deployments } = rule;
  const viewer = useViewer();
  const [editing, setEditing] = useState(false);
  const mayChange =
    !provisioned && (viewer.can.admin || (team !== null && managesTeam(viewer, team)));
  const { mutateAsync } = useSending(
    () => deleteAnswer(`/api/v1/service-rules/${encodeURIComponent(name)}`),
    ["/api/v1/service-rules", "/api/v1/services"],
    () => announce(`The rule of ${name} is removed; history is derived anew.`),
  );
  return (
    <Item
      title={
        <PageLink href={serviceHref(name)} className="link">
          {name}
        </PageLink>
      }
      provisioned={provisioned}
      actions={
        mayChange && (
          <>
            <ChangeButton name={name} editing={editing} onToggle={() => setEditing(!editing)} />
            <ConfirmButton
              label={`Remove the rule of ${name}`}
              title={`Remove the rule of ${name}?`}
              words="Its deployments go by the names that their senders give them again: history is derived anew without the rule."
              action="Remove it"
              onConfirm={() => mutateAsync(undefined)}
            >
              Remove
            </ConfirmButton>
          </>
        )
      }
    >
      {editing ? (
        <div className="mt-2">
          <RuleForm
            rule={rule}
            onSaved={() => setEditing(false)}
            onCancel={() => setEditing(false)}
          />
        </div>
      ) : (
        <dl className="mt-1 flex flex-wrap gap-x-8 gap-y-1.5">
          <Line name="Repository">{repository}</Line>
          <Line name="Team">{team}</Line>
          <Line name="Depends on">{dependsOn.join(", ")}</Line>
          {paths.length > 0 && <Line name="Paths">{paths.join(", ")}</Line>}
          {deployments.length > 0 && <Line name="Deployed as">{deployments.join(", ")}</Line>}
        </dl>
      )}
    </Item>
  );
}
