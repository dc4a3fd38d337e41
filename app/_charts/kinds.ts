import type { Marker } from "./types";

/** How one kind of marker is drawn: colour, stroke and shape each tell it apart without the others. */
export interface Kind {
  label: string;
  plural: string;
  /** A CSS colour, light and dark by charts.css. */
  colour: string;
  /** stroke-dasharray; empty for a solid line. */
  dash: string;
  width: number;
  /** Path data relative to the top middle of a box 10 wide and 8 high; filled. */
  glyph: string;
}

const down = "m-4.5 0h9l-4.5 7z";
const left = "m3.5 0v8l-7-4z";
const right = "m-3.5 0v8l7-4z";
const doubleLeft = "m0.5 0v8l-5-4zm4.5 0v8l-5-4z";
const loop = "m-4.5 0h9v2.5h-9zm0 4.5h9v2.5h-9z";
const shield = "m-4.5 0h9v4l-4.5 4l-4.5-4z";
const cross =
  "m-4 1.4l1.4-1.4l2.6 2.6l2.6-2.6l1.4 1.4l-2.6 2.6l2.6 2.6l-1.4 1.4l-2.6-2.6l-2.6 2.6l-1.4-1.4l2.6-2.6z";
const ring = "m-4 4a4 4 0 1 0 8 0a4 4 0 1 0-8 0zm2 0a2 2 0 1 1 4 0a2 2 0 1 1-4 0z";
const diamond = "m0-.5l4.5 4.5l-4.5 4.5l-4.5-4.5z";
const square = "m-3.5 .5h7v7h-7z";
const hexagon = "m-2.5 0h5l2.5 4l-2.5 4h-5l-2.5-4z";
const layers = "m0 0l4.5 3h-9zm-4.5 4.5h9l-4.5 3z";
const tag = "m-4 0h4.5l4 4l-4 4h-4.5z";
const up = "m0 0l4.5 7h-9z";
const bang = "m-1.2 0h2.4v5h-2.4zm0 6h2.4v2h-2.4z";

export const kinds = {
  deploy: kind("Deployment", "Deployments", "deploy", "", 1.6, down),
  first: kind("First deployment", "First deployments", "deploy", "12 2 2 2", 1.6, shield),
  redeploy: kind("Redeployment", "Redeployments", "redeploy", "7 3", 1.4, loop),
  failed: kind("Failed deployment", "Failed", "failed", "", 2.4, cross),
  rollback: kind("Rollback", "Rollbacks", "rollback", "5 3", 1.6, left),
  revert: kind("Revert", "Reverts", "revert", "6 2 1.5 2", 1.6, doubleLeft),
  fix_forward: kind("Fix-forward", "Fix-forwards", "fix-forward", "12 3", 1.6, right),
  unfinished: kind("Unfinished deployment", "Unfinished", "unfinished", "2 2", 1.4, ring),
  flag: kind("Flag change", "Flags", "release", "2 3", 1.4, diamond),
  configuration: kind("Configuration change", "Configuration", "release", "1 3", 1.4, square),
  infrastructure: kind(
    "Infrastructure change",
    "Infrastructure",
    "release",
    "4 2 1 2",
    1.4,
    hexagon,
  ),
  migration: kind("Migration", "Migrations", "release", "3 2", 1.4, layers),
  tag: kind("Release tag", "Tags", "release", "1 2 4 2", 1.4, tag),
  launch: kind("Launch", "Launches", "release", "9 2 2 2", 1.4, up),
  incident: kind("Incident", "Incidents", "incident", "", 1.2, bang),
} as const satisfies Record<string, Kind>;

export type KindKey = keyof typeof kinds;

/** In the order of legends. */
export const kindKeys = Object.keys(kinds) as KindKey[];

/** Whose symbol stays when two would lie on each other: what went wrong and its remedy before the ordinary. */
export const kindsByWeight: readonly KindKey[] = [
  "incident",
  "failed",
  "rollback",
  "revert",
  "fix_forward",
  "unfinished",
  "deploy",
  "first",
  "launch",
  "migration",
  "infrastructure",
  "configuration",
  "flag",
  "tag",
  "redeploy",
];

/** A remedy that failed stays a remedy in its stroke; its label says that it failed. */
export function kindOf(marker: Pick<Marker, "kind" | "class" | "failed">): KindKey {
  if (marker.kind === "incident") return "incident";
  if (marker.kind === "release") return isKind(marker.class) ? marker.class : "configuration";
  if (!isKind(marker.class)) return marker.failed ? "failed" : "unfinished";
  const remedies: readonly KindKey[] = ["rollback", "revert", "fix_forward"];
  return marker.failed && !remedies.includes(marker.class) ? "failed" : marker.class;
}

function isKind(name: string | null): name is KindKey {
  return name !== null && Object.hasOwn(kinds, name);
}

function kind(
  label: string,
  plural: string,
  colour: string,
  dash: string,
  width: number,
  glyph: string,
): Kind {
  return { label, plural, colour: `var(--chart-${colour})`, dash, width, glyph };
}
