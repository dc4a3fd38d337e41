/** Parameters of an address; what is undefined, null or empty is left out. */
export type Search = Record<string, string | number | boolean | null | undefined>;

/** Sorted, so that equal questions share one cache entry on either side. */
export function searchText(search: Search): string {
  const entries = Object.entries(search)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => [name, String(value)])
    .sort(([a = ""], [b = ""]) => a.localeCompare(b));
  return new URLSearchParams(entries).toString();
}

export function addressOf(path: string, search: Search): string {
  const text = searchText(search);
  return text === "" ? path : `${path}?${text}`;
}
