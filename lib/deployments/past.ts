import type { DeploymentKind } from "@/lib/facts/types";
import type { Code } from "./code";
import type { Attempt } from "./types";

/**
 * What a window of a stream has to know of the time before it: plain values, as
 * much of them as was asked for. The beginning of a stream has no past.
 */
export interface Past {
  /** Completed deployments that are looked at, in the stream's order; the last one ran when the window began. */
  deployments: readonly EarlierDeployment[];
  /** Those of them that brought the revisions in effect, the topmost last, as far down as was asked. */
  layers: readonly string[];
  /** In the order in which it shipped. */
  shipped: readonly ShippedBefore[];
  /** Of the deployments that incidents are confirmed to come from, those that completed before. */
  confirmed: ReadonlySet<string>;
  /** The incidents given are those that were open at or after this moment. Epoch milliseconds. */
  incidentsFrom: number;
}

export interface EarlierDeployment {
  attempt: Attempt;
  kind: DeploymentKind;
  failed: boolean;
  /** It failed, nobody has tried a remedy, and its incident has not ended: an answer may yet be meant for it. */
  awaiting: boolean;
  /** When it gave way to other code; null while it was asked by nobody or gave way to its equal. */
  ranUntil: number | null;
}

/** A revision that ran here, and the deployment by which that is known. */
export interface ShippedBefore {
  deployment: string;
  repository: string;
  revision: string;
  /** The commit it was picked from; null where it stands for itself. */
  original: string | null;
  role: ShippedRole;
}

/** `left` is what came with the first deployment, or unknown, and was seen when it was taken back. */
export type ShippedRole = "change" | "merge" | "left";

export const nothingBefore: Past = {
  deployments: [],
  layers: [],
  shipped: [],
  confirmed: new Set(),
  incidentsFrom: Number.NEGATIVE_INFINITY,
};

/**
 * What a derivation asked of the past, answered or not. It goes on as though what
 * it does not find had never been, so its answer stands only once all that was
 * asked has been looked up.
 */
export class Asked {
  readonly codes: Code[] = [];
  /** Whether these shipped, by repository and the commit they stand for. */
  readonly originals = new Map<string, { repository: string; revision: string }>();
  /** Revisions, or their beginnings, that reverts name. */
  readonly revisions = new Map<string, { repository: string; revision: string }>();
  readonly pullRequests = new Map<string, { repository: string; number: number }>();
  readonly titles = new Map<string, { repository: string; title: string }>();
  /** A walk came to the end of the layers. */
  layersBelow = false;
  incidentsFrom = Number.POSITIVE_INFINITY;
}
