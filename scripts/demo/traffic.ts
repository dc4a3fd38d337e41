/** From `at` on, `percent` of the requests go to this version, the rest to the one before. */
export interface TrafficChange {
  at: number;
  version: string;
  percent: number;
}

export interface Share {
  version: string;
  /** 0..1 */
  share: number;
  /** Whether it is still being rolled out. */
  candidate: boolean;
}

/** Which versions serve at a moment; changes are in the order of time. */
export function sharesAt(changes: TrafficChange[], at: number): Share[] {
  const index = lastAt(changes, at);
  const latest = changes[index];
  if (!latest) return [];
  if (latest.percent === 100) return [{ version: latest.version, share: 1, candidate: false }];
  const base = changes.slice(0, index).findLast((change) => change.percent === 100);
  if (!base) return [{ version: latest.version, share: 1, candidate: true }];
  if (latest.percent === 0) return [{ version: base.version, share: 1, candidate: false }];
  const share = latest.percent / 100;
  return [
    { version: base.version, share: 1 - share, candidate: false },
    { version: latest.version, share, candidate: true },
  ];
}

/** When the version that serves at a moment began to. */
export function servingSince(changes: TrafficChange[], version: string, at: number): number | null {
  let since: number | null = null;
  for (let index = lastAt(changes, at); index >= 0; index--) {
    const change = changes[index] as TrafficChange;
    if (change.version === version && change.percent > 0) since = change.at;
    else if (since !== null) break;
  }
  return since;
}

function lastAt(changes: TrafficChange[], at: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle] as TrafficChange).at <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
