import type { Random } from "@/scripts/demo/random";
import type { Service } from "@/scripts/demo/world";

const openings = [
  "Add tests for",
  "Speed up",
  "Simplify",
  "Log the cause of failures in",
  "Cache",
  "Rework",
  "Guard",
  "Retry once in",
  "Count calls of",
  "Tidy",
  "Remove the old path of",
  "Move to one query in",
  "Validate input of",
  "Add a timeout to",
  "Translate",
  "Document",
];
const steps = [
  "Start on",
  "Cover edge cases of",
  "Name things in",
  "Review remarks on",
  "Fix the tests of",
  "Handle errors in",
  "Trim",
  "Wire up",
];
const packages = ["pino", "zod", "pg", "fastify", "undici", "vite", "react", "kysely"];

/** A pull request's title. */
export function titleFor(random: Random, service: Service): string {
  if (random.chance(0.09)) {
    const major = random.integer(1, 9);
    const minor = random.integer(0, 20);
    return `Bump ${random.pick(packages)} from ${major}.${minor}.0 to ${major}.${minor + 1}.0`;
  }
  return `${random.pick(openings)} ${random.pick(service.topics)}`;
}

/** A commit on the way there. */
export function stepFor(random: Random, service: Service): string {
  return `${random.pick(steps)} ${random.pick(service.topics)}`;
}

/** Files that a change touches, inside the service's own folder. */
export function pathsFor(random: Random, service: Service, title: string): string[] {
  const root = service.folder ? `${service.folder}/` : "";
  if (title.startsWith("Bump ")) return [`${root}package.json`];
  const topic = slugOf(
    service.topics.find((words) => title.includes(words)) ?? random.pick(service.topics),
  );
  const paths = [`${root}src/${topic}.ts`];
  if (random.chance(0.7)) paths.push(`${root}src/${topic}.test.ts`);
  if (random.chance(0.3)) paths.push(`${root}src/${slugOf(random.pick(service.topics))}.ts`);
  return [...new Set(paths)];
}

export const slugOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
