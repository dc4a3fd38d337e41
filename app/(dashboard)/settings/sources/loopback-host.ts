/** The host of an address that only the machine itself reaches; null for every other, and for none. */
export function loopbackHost(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { hostname } = new URL(address);
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) ? hostname : null;
}
