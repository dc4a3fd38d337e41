import { type GithubDelivery, openDelivery } from "@/lib/sources/github/delivery";
import { name } from "@/lib/sources/payload";
import type { DeliveryInput } from "@/lib/sources/reader";

/** Forks send their own names beside Gitea's, and all of them GitHub's, which comes last. */
const eventHeaders = ["x-gitea-event", "x-forgejo-event", "x-gogs-event", "x-github-event"];

/** The event's name; null where no header says it. */
export function eventOf(headers: Record<string, string>): string | null {
  return eventHeaders.map((header) => name(headers[header])).find((event) => event) ?? null;
}

/** One delivery, in the shape of GitHub's, which Gitea's payloads follow. */
export function openGiteaDelivery(input: DeliveryInput): GithubDelivery {
  const event = eventOf(input.headers);
  const headers = { ...input.headers, ...(event !== null && { "x-github-event": event }) };
  return openDelivery({ ...input, headers });
}
