/** The pages one can go to: navigation, palette and `g` shortcuts are all made from this. */
export const places = [
  { href: "/", name: "Cockpit", key: "c", says: "what is live, what is rolling, what is on fire" },
  {
    href: "/services",
    name: "Services",
    key: "s",
    says: "graphs with the deployments drawn over them",
  },
  { href: "/deployments", name: "Deployments", key: "d", says: "every attempt, filtered" },
  { href: "/incidents", name: "Incidents", key: "i", says: "what broke and which change did it" },
  { href: "/trends", name: "Trends", key: "t", says: "the five DORA metrics and the remedies" },
  {
    href: "/pipelines",
    name: "Pipelines",
    key: "p",
    says: "builds and tests: slower, flakier, or not",
  },
  {
    href: "/slos",
    name: "SLOs",
    key: "o",
    says: "objectives for builds, deployments and rollbacks, and what is left of their budgets",
  },
  {
    href: "/deliveries",
    name: "Deliveries",
    key: "l",
    says: "what arrived, and what could not be read",
  },
] as const;

export function isAt(href: string, path: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
