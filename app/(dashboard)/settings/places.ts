import type { Viewer } from "@/app/_shell/viewer";

interface SettingsPlace {
  href: string;
  name: string;
  /** What stands there, in one line. */
  says: string;
  /** Who may look; left out: everyone. */
  needs?: keyof Viewer["can"];
}

/** The settings, in the order of the navigation beside them. */
const settingsPlaces: readonly SettingsPlace[] = [
  { href: "/settings/account", name: "Account", says: "your name, password and sessions" },
  { href: "/settings/people", name: "People", says: "who is here, and who is invited" },
  { href: "/settings/teams", name: "Teams", says: "members, their roles and time zones" },
  { href: "/settings/goals", name: "Goals", says: "what teams want of their metrics, and by when" },
  { href: "/settings/tokens", name: "Tokens", says: "for pipelines and scripts", needs: "manage" },
  { href: "/settings/sources", name: "Sources", says: "what sends webhooks", needs: "admin" },
  {
    href: "/settings/backfills",
    name: "Backfills",
    says: "history from before Pushline was there",
    needs: "admin",
  },
  { href: "/settings/services", name: "Services", says: "the rules that name what is deployed" },
  { href: "/settings/slos", name: "Objectives", says: "what the SLOs are held to, and where" },
  {
    href: "/settings/engines",
    name: "Engines",
    says: "outside Prometheus servers, and whether they answer",
  },
  { href: "/settings/audit", name: "Audit", says: "who did what, and when", needs: "admin" },
];

export function placesFor({ kind, can }: Viewer): readonly SettingsPlace[] {
  return settingsPlaces.filter(
    ({ href, needs }) =>
      (needs === undefined || can[needs]) && (kind === "person" || href !== "/settings/account"),
  );
}
