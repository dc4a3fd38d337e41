"use client";

import { type ReactNode, useState } from "react";
import { deleteAnswer, putAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import { useViewer } from "@/app/_shell/viewer";
import { ActionMenu } from "@/app/_ui/action-menu";
import { ConfirmDialog } from "@/app/_ui/confirm";
import { announce } from "@/app/_ui/toasts";
import type { PersonAnswer } from "@/lib/auth/people/list-people";
import { PasswordLink } from "./password-link";

type Deed = "sessions" | "disable" | "enable" | "remove";

/** What an admin does with somebody else's account; one's own is kept on the account page. */
export function PersonActions({ person }: { person: PersonAnswer }) {
  const viewer = useViewer();
  const [asked, setAsked] = useState<Deed | null>(null);
  const [open, setOpen] = useState(false);
  const [linking, setLinking] = useState(false);
  const { mutateAsync } = useSending(
    (deed: Deed) => act(person.id, deed),
    ["/api/v1/people", "/api/v1/teams"],
  );
  if (person.id === viewer.id) return null;
  const ask = (deed: Deed) => {
    setAsked(deed);
    setOpen(true);
  };
  const question = questions(person)[asked ?? "sessions"];
  return (
    <>
      <ActionMenu
        label={`Actions for ${person.name}`}
        actions={[
          ...(person.issuers?.includes("password") && !person.disabled
            ? [{ name: "Make a new-password link", onChoose: () => setLinking(true) }]
            : []),
          { name: "End all sessions", onChoose: () => ask("sessions") },
          person.disabled
            ? { name: "Enable", onChoose: () => ask("enable") }
            : { name: "Disable", grave: true, onChoose: () => ask("disable") },
          { name: "Remove", grave: true, onChoose: () => ask("remove") },
        ]}
      />
      <PasswordLink person={person} open={linking} onOpenChange={setLinking} />
      <ConfirmDialog
        {...question}
        open={open}
        onOpenChange={setOpen}
        onConfirm={async () => {
          await mutateAsync(asked ?? "sessions");
          announce(question.done);
        }}
      />
    </>
  );
}

function act(id: string, deed: Deed): Promise<unknown> {
  const path = `/api/v1/people/${encodeURIComponent(id)}`;
  switch (deed) {
    case "sessions":
      return deleteAnswer(`${path}/sessions`);
    case "disable":
      return putAnswer(path, { disabled: true });
    case "enable":
      return putAnswer(path, { disabled: false });
    case "remove":
      return deleteAnswer(path);
  }
}

interface Question {
  title: string;
  words: ReactNode;
  action: string;
  done: string;
}

function questions({ name }: PersonAnswer): Record<Deed, Question> {
  return {
    sessions: {
      title: `End all sessions of ${name}?`,
      words: "They have to sign in again, wherever they are.",
      action: "End the sessions",
      done: `The sessions of ${name} have ended.`,
    },
    disable: {
      title: `Disable ${name}?`,
      words:
        "They are signed out at once and cannot sign in. Roles stay, for when you enable them.",
      action: "Disable",
      done: `${name} is disabled.`,
    },
    enable: {
      title: `Enable ${name}?`,
      words: "They can sign in again, with the roles they had.",
      action: "Enable",
      done: `${name} is enabled.`,
    },
    remove: {
      title: `Remove ${name}?`,
      words:
        "Their account, sessions and memberships go. What they judged and changed stays under their name. This cannot be undone.",
      action: `Remove ${name}`,
      done: `${name} is removed.`,
    },
  };
}
