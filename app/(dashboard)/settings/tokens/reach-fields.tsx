"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { servicesQuery, sourcesQuery, teamsQuery } from "@/app/_query/queries";
import { managesTeam, useViewer } from "@/app/_shell/viewer";
import { SelectField } from "@/app/_ui/field";
import type { Reach } from "@/lib/auth/actor";

type ReachKind = Reach["kind"];

const kinds: Record<ReachKind | "", string> = {
  "": "everywhere",
  team: "at one team and its services",
  service: "at one service",
  source: "at one source's deliveries",
};

/** Where the token ends. Who sets up a team can only make tokens that end there. */
export function ReachFields() {
  const viewer = useViewer();
  const offered: (ReachKind | "")[] = viewer.can.admin
    ? ["", "team", "service", "source"]
    : ["team", "service"];
  const [kind, setKind] = useState<ReachKind | "">(offered[0] ?? "team");
  return (
    <>
      <SelectField
        name="reachKind"
        label="Its reach ends"
        hint="Outside of it nothing exists for whoever holds the token."
        value={kind}
        onChange={(event) => setKind(offered.find((each) => each === event.target.value) ?? kind)}
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {kinds[each]}
          </option>
        ))}
      </SelectField>
      {kind === "team" && <Teams />}
      {kind === "service" && <Services />}
      {kind === "source" && <Sources />}
    </>
  );
}

export function readReach(values: FormData): Reach | null {
  const kind = values.get("reachKind");
  const name = values.get("reach.name");
  if (kind !== "team" && kind !== "service" && kind !== "source") return null;
  return { kind, name: String(name ?? "") };
}

function Teams() {
  const viewer = useViewer();
  const items = useQuery(teamsQuery()).data?.items ?? [];
  return (
    <Names
      label="Team"
      names={items.map(({ name }) => name).filter((name) => managesTeam(viewer, name))}
    />
  );
}

/** Those without a rule too: they are known from what was sent. */
function Services() {
  const viewer = useViewer();
  const items = useQuery(servicesQuery()).data?.items ?? [];
  const managed = items.filter(
    ({ team }) => viewer.can.admin || (team !== null && managesTeam(viewer, team)),
  );
  return <Names label="Service" names={managed.map(({ name }) => name)} />;
}

function Sources() {
  const items = useQuery(sourcesQuery()).data?.items ?? [];
  return <Names label="Source" names={items.map(({ name }) => name)} />;
}

function Names({ label, names }: { label: string; names: string[] }) {
  return (
    <SelectField
      name="reach.name"
      label={label}
      required
      hint={names.length === 0 ? `There is no ${label.toLowerCase()} yet.` : undefined}
    >
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
