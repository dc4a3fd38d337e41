import { services } from "@/scripts/demo/services";

/** The organisation that the demo simulates: an online shop. pushline.yaml is made from it. */
export const organisation = "tidemart";
export const defaultBranch = "main";

export interface Person {
  name: string;
  login: string;
}

export interface Team {
  name: string;
  timezone: string;
  people: Person[];
  /** Who tells of this team's incidents: Alertmanager's alerts alone, or its own incident tool. */
  pager: "alertmanager" | "native";
}

export interface Traffic {
  /** At the busiest hour of a weekday. */
  requestsPerSecond: number;
  errorRatio: number;
  medianSeconds: number;
  /** Of the logarithm: how long the tail is. */
  spread: number;
  /** At the busiest hour, 0..1. */
  cpu: number;
  memoryMegabytes: number;
  instances: number;
}

export interface Service {
  name: string;
  repository: string;
  /** In a monorepo: the folder that is this service's own. */
  folder: string | null;
  team: string;
  dependsOn: string[];
  /** GitHub deployments carry a sha; the pipeline's native events a version, an artifact and steps. */
  reports: "github" | "native";
  versions: "semver" | "sha";
  strategy: "rolling" | "canary";
  mergesPerDay: number;
  /** Each merge on its own, or whatever is ready on fixed days (0 is Sunday) at a local hour. */
  cadence: { kind: "continuous" } | { kind: "train"; weekdays: number[]; localHour: number };
  buildSeconds: [number, number];
  rolloutSeconds: [number, number];
  /** Share of production deployments that go wrong. */
  failRate: number;
  /** Median hours from a change's first commit to its merge. */
  leadHours: number;
  traffic: Traffic;
  /** What its pull requests are about. */
  topics: string[];
}

export interface World {
  teams: Team[];
  services: Service[];
}

const person = (name: string): Person => {
  const [first = "", last = ""] = name
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^a-z ]/g, "")
    .split(" ");
  return { name, login: `${first}-${last}` };
};

export const teams: Team[] = [
  {
    name: "storefront",
    timezone: "Europe/Berlin",
    pager: "alertmanager",
    people: ["Maya Richter", "Jonas Albrecht", "Aylin Demir", "Tomás Lima", "Greta Vogt"].map(
      person,
    ),
  },
  {
    name: "payments",
    timezone: "America/New_York",
    pager: "alertmanager",
    people: ["Priya Shah", "Marcus Bell", "Elena Ruiz", "Caleb Wright"].map(person),
  },
  {
    name: "fulfilment",
    timezone: "Europe/London",
    pager: "native",
    people: ["Owen Clarke", "Ines Kaplan", "Hugh Bennett", "Zofia Nowak"].map(person),
  },
  {
    name: "platform",
    timezone: "Asia/Kolkata",
    pager: "native",
    people: ["Arjun Mehta", "Sneha Iyer", "Rohan Das", "Lena Fischer"].map(person),
  },
];

/**
 * The first `count` services of the shop; beyond those, plain ones are added for
 * benchmarks. Dependencies on services left out are dropped. `allNative` has the
 * pipeline tell of every deployment.
 */
export function worldOf(count = services.length, allNative = false): World {
  const chosen = services.slice(0, count);
  for (let number = chosen.length; number < count; number++) chosen.push(plainService(number));
  const names = new Set(chosen.map((service) => service.name));
  return {
    teams,
    services: chosen.map((service) => ({
      ...service,
      ...(allNative ? { reports: "native" as const } : {}),
      dependsOn: service.dependsOn.filter((name) => names.has(name)),
    })),
  };
}

function plainService(number: number): Service {
  const pattern = services[number % services.length] as Service;
  const name = `${pattern.name}-${number}`;
  return {
    ...pattern,
    name,
    repository: `${organisation}/${name}`,
    folder: null,
    dependsOn: [pattern.name],
  };
}

export function teamOf(world: World, service: Service): Team {
  const team = world.teams.find((candidate) => candidate.name === service.team);
  if (!team) throw new Error(`no team ${service.team}`);
  return team;
}

export function dependantsOf(world: World, name: string): Service[] {
  return world.services.filter((service) => service.dependsOn.includes(name));
}
