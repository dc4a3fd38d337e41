import { Note } from "@/app/_ui/note";
import { loopbackHost } from "./loopback-host";

/** A warning where the address to paste is this machine's alone; nothing where others can reach it. */
export function LoopbackNote({ address }: { address: string }) {
  const host = loopbackHost(address);
  if (host === null) return null;
  return (
    <Note tone="warning">
      What runs on another machine cannot reach {host}. For a provider elsewhere{" "}
      <code>PUSHLINE_BASE_URL</code> has to name an address that it reaches.
    </Note>
  );
}
