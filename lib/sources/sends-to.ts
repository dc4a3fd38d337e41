import { type Ask, HistoryRefusal } from "@/lib/sources/history";
import { identifier, type Payload, part, text } from "@/lib/sources/payload";

/**
 * The number of the webhook, of those listed at `path`, that sends to a source. Throws
 * HistoryRefusal where none does, or they are not to be seen.
 */
export async function hookOf(
  ask: Ask,
  path: string,
  source: string,
  addressOf: (hook: Payload) => unknown,
): Promise<string> {
  const hooks = await ask.every(path);
  if (hooks === null)
    throw new HistoryRefusal(
      "It knows nothing of this name, or its webhooks are not for this token.",
    );
  const hook = hooks.map(part).find((one) => sendsTo(source, text(addressOf(one))));
  const id = identifier(hook?.id);
  if (id === null) throw new HistoryRefusal(`None of its webhooks sends to the source ${source}.`);
  return id;
}

/** By the path alone: what stands before it is an affair of proxies. */
function sendsTo(source: string, address: string | null): boolean {
  if (address === null || !URL.canParse(address)) return false;
  const { pathname } = new URL(address);
  return `${pathname}/`.includes(`/api/webhooks/${encodeURIComponent(source)}/`);
}
