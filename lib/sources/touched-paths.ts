import { list, type Payload, text } from "@/lib/sources/payload";

/** The paths that a commit added, removed or modified, each once; null where it does not say. */
export function touchedPaths({ added, removed, modified }: Payload): string[] | null {
  if (![added, removed, modified].some(Array.isArray)) return null;
  const paths = [added, removed, modified].flatMap(list).flatMap((path) => text(path) ?? []);
  return [...new Set(paths)].sort();
}
