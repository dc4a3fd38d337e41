/**
 * Seconds as JUnit's `time` writes them; null where it is none. Some writers group
 * thousands (`1,234.567`), some have a decimal comma (`0,123`).
 */
export function secondsOf(text: string | undefined): number | null {
  const written = text?.trim() ?? "";
  const isGrouped = /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(written);
  const plain = isGrouped ? written.replaceAll(",", "") : written.replace(/^(\d+),(\d+)$/, "$1.$2");
  if (!/^\d{1,12}(\.\d*)?(e[+-]?\d{1,2})?$/i.test(plain)) return null;
  const seconds = Number(plain);
  return seconds < longestSeconds ? seconds : null;
}

const longestSeconds = 31_622_400;

/** A count among attributes: the first of these names that has one. */
export function countOf(attributes: Record<string, string>, ...names: string[]): number {
  for (const name of names) {
    const text = attributes[name]?.trim().replaceAll(",", "") ?? "";
    if (/^\d{1,9}$/.test(text)) return Number(text);
  }
  return 0;
}
