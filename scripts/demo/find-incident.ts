import { setTimeout as wait } from "node:timers/promises";
import type { Truth } from "@/scripts/demo/truth";

const attempts = 20;

/** The open incident's id on the instance, once what was sent has been read; null if that takes long. */
export async function findOpenIncident(
  truth: Truth,
  { url, token }: { url: string; token: string },
): Promise<string | null> {
  const open = truth.incidents.findLast(({ resolvedAt }) => resolvedAt === null);
  if (!open) return null;
  const address = new URL("/api/v1/incidents?limit=20", url);
  address.searchParams.set("service", open.service);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const page = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
      .then((answer) => answer.json() as Promise<{ items?: { id: string; openedAt: string }[] }>)
      .catch(() => null);
    const found = page?.items?.find(
      ({ openedAt }) => Date.parse(openedAt) === Date.parse(open.openedAt),
    );
    if (found) return found.id;
    await wait(1000);
  }
  return null;
}
