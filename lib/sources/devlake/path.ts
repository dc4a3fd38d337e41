import { pathHeader } from "@/lib/sources/own-address";
import type { DeliveryInput } from "@/lib/sources/reader";

/** Ids are unique within a connection, of which one token may serve several. */
export function connectionPrefix({ headers }: Pick<DeliveryInput, "headers">): string {
  const connection = /^connections\/([^/]+)\//.exec(headers[pathHeader] ?? "")?.[1];
  return connection ? `${connection}:` : "";
}

/** The key of the issue that an address closes; null for every other address. */
export function closedIssue({ headers }: Pick<DeliveryInput, "headers">): string | null {
  const key = /(?:^|\/)issue\/(?:[^/]+\/)?([^/]+)\/close$/.exec(headers[pathHeader] ?? "")?.[1];
  return key ?? null;
}
