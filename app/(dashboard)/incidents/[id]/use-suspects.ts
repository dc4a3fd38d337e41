"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { putAnswer } from "@/app/_query/answer";
import { suspectsQuery } from "@/app/_query/queries";
import { useMayWrite } from "@/app/_shell/may-write";
import { useShortcuts } from "@/app/_ui/shortcuts";
import { announce } from "@/app/_ui/toasts";
import type { IncidentAnswer, SuspectAnswer, SuspectsAnswer } from "@/lib/http/answers";
import { confirm, noChange, nothing, reject, type Verdict, wordOf } from "./verdict";

export interface Suspects {
  answer: SuspectsAnswer | undefined;
  error: Error | null;
  retry: () => void;
  selected: SuspectAnswer | undefined;
  index: number;
  select: (index: number) => void;
  saving: boolean;
  /** Else the verdict is somebody else's to give. */
  mayJudge: boolean;
  confirm: () => void;
  reject: () => void;
  noChange: () => void;
  undo: () => void;
}

/** The suspects, which of them is looked at, and a person's verdict; keys J K Y X N U. */
export function useSuspects(incident: IncidentAnswer): Suspects {
  const query = useQuery(suspectsQuery(incident.id));
  const [selectedKey, setSelectedKey] = useState<string | null>(null);
  const list = query.data?.suspects ?? [];
  const found = list.findIndex((suspect) => keyOf(suspect) === selectedKey);
  const index = Math.max(0, found);
  const selected = list[index];
  const { save, saving } = useVerdict(incident);
  const current = query.data?.verdict ?? null;
  const mayJudge = useMayWrite(incident.service);

  const select = (next: number) => {
    const suspect = list[(next + list.length) % Math.max(1, list.length)];
    if (suspect) setSelectedKey(keyOf(suspect));
  };
  const actions = {
    confirm: () => {
      if (selected) save(selected.kind === "none" ? noChange(current) : confirm(current, selected));
    },
    reject: () => {
      if (!selected || selected.kind === "none") return;
      save(reject(current, selected));
      select(index + 1);
    },
    noChange: () => save(noChange(current)),
    undo: () => {
      if (current) save(nothing);
    },
  };
  useShortcuts({
    j: () => select(index + 1),
    k: () => select(index - 1),
    ...(mayJudge && {
      y: actions.confirm,
      x: actions.reject,
      n: actions.noChange,
      u: actions.undo,
    }),
  });
  return {
    answer: query.data,
    error: query.error,
    retry: () => void query.refetch(),
    selected,
    index,
    select,
    saving,
    mayJudge,
    ...actions,
  };
}

function keyOf({ kind, id }: SuspectAnswer): string {
  return `${kind} ${id ?? ""}`;
}

function useVerdict(incident: IncidentAnswer) {
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (verdict: Verdict) =>
      putAnswer(`/api/v1/incidents/${encodeURIComponent(incident.id)}/cause`, verdict),
    onSuccess: (_, verdict) => {
      // A verdict changes failures, and so figures and lines: whatever is on the page asks again.
      void client.invalidateQueries();
      announce(wordOf(verdict), verdict === nothing ? undefined : () => mutate(nothing));
    },
    onError: (error) => announce(error.message),
  });
  return { save: (verdict: Verdict) => !isPending && mutate(verdict), saving: isPending };
}
