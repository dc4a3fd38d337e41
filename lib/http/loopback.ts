export function isLoopbackAddress(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}

/** Of a Host header or an address's authority. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}

/** Whether people reach us from this machine alone; `null` is no address for others either. */
export function isLoopbackBase(baseUrl: string | null): boolean {
  return baseUrl === null || isLoopbackHost(new URL(baseUrl).host);
}
