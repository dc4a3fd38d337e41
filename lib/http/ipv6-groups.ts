/** The eight groups of an IPv6 address, without its zone; URL writes every form of one the same way. */
export function ipv6Groups(address: string): number[] {
  const [bare = ""] = address.split("%");
  const [head = "", tail] = new URL(`http://[${bare}]/`).hostname.slice(1, -1).split("::");
  const read = (part: string) =>
    part
      .split(":")
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16));
  const [before, after] = [read(head), read(tail ?? "")];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
