import type { IncomingMessage } from "node:http";
import { sourceOf } from "@/lib/auth/reach";
import type { ConfigSource } from "@/lib/config";
import type { Context } from "@/lib/context";
import { addressHeader } from "@/lib/http/client-address";
import { Problem } from "@/lib/http/problem";
import type { StoredDelivery } from "@/lib/ingest/delivery";
import type { Door } from "@/lib/ingest/door";
import { expectedSignature } from "@/lib/ingest/expected-proof";
import { plainHeaders } from "@/lib/ingest/headers";
import { provedDelivery } from "@/lib/ingest/prove-delivery";
import { isProved } from "@/lib/ingest/prove-source";
import { readBody } from "@/lib/ingest/read-body";
import { refuseOutsideEvents } from "@/lib/ingest/refuse-outside";
import { pathHeader } from "@/lib/sources/own-address";
import type { Reader } from "@/lib/sources/reader";
import { providerNamed } from "@/lib/sources/registry";

/** A request at an address that is another tool's own. */
export interface ToolRequest {
  /** Whose events these are. */
  provider: string;
  /** The source, or the connection over there, that the address names. */
  named?: string;
  /** What the body does not say and its reader needs, from the address. */
  path?: string;
  /** Where the tool's clients send their key, if not as Authorization. */
  keyHeader?: string;
}

/** Tells who holds a token that may send. Throws `unauthenticated`, `forbidden` and their like. */
type Admit = (headers: Record<string, string>) => Promise<Context>;

interface Sender {
  source: Pick<ConfigSource, "name" | "header">;
  /** The holder of a token, who may reach less than all; null for a source. */
  token: Context | null;
}

export interface ReceivedForTool extends StoredDelivery {
  source: string;
  body: Uint8Array;
}

/**
 * Takes what a client of another tool sends, by the proof that it can give: a secret
 * of a source of that tool, its signature, or a token, as a bearer, as the password of
 * any user, or in the tool's own header. Stored as bytes and committed before it is
 * answered. Throws `bad_signature`, `too_many_requests`, `not_found` outside of the
 * token's reach, and what `admit`, readBody and GroupCommit throw.
 */
export async function receiveForTool(
  door: Door,
  request: IncomingMessage,
  tool: ToolRequest,
  admit: Admit,
): Promise<ReceivedForTool> {
  const provider = providerNamed(tool.provider);
  if (!provider) throw new Problem("not_found", "There is nothing at this address.");
  const headers = plainHeaders(request);
  const candidates = candidatesOf(door, tool);
  const byHeaders = await senderByHeaders({ door, provider, headers, candidates, tool, admit });
  const hold = byHeaders
    ? door.bodies.openForProved()
    : door.bodies.openForStranger(headers[addressHeader] ?? "");
  try {
    const { wire, decoded: body } = await readBody(request, hold);
    const receivedAt = door.context.clock.now();
    const signable = wire === body ? [wire] : [wire, body];
    const proof = { headers, signable, receivedAt, pathKey: null };
    const signer = candidates.find((source) => isProved(source, provider, proof));
    const { source, token } = byHeaders ?? signed(door, candidates, signer, provider, headers);
    hold.prove();
    door.rates.countDeliveries(source.name, 1);
    const told = { ...headers, [pathHeader]: pathOf(tool, source.name) };
    const delivery = provedDelivery(source, provider, { headers: told, body, receivedAt });
    if (token) await refuseOutsideEvents(token, [delivery]);
    const [stored] = await door.commit.store([delivery]);
    return { ...(stored as StoredDelivery), source: source.name, body };
  } finally {
    hold.release();
  }
}

function candidatesOf({ context }: Door, { provider, named }: ToolRequest): ConfigSource[] {
  return context.config.sources.filter(
    (source) => source.provider === provider && (named === undefined || source.name === named),
  );
}

/** Null where only the body can prove it. */
async function senderByHeaders(asked: {
  door: Door;
  provider: Reader;
  headers: Record<string, string>;
  candidates: readonly ConfigSource[];
  tool: ToolRequest;
  admit: Admit;
}): Promise<Sender | null> {
  const { door, provider, headers, candidates, tool, admit } = asked;
  const asBearer = bearerIn(headers, tool.keyHeader);
  const receivedAt = door.context.clock.now();
  const own = candidates.find((source) =>
    [headers, asBearer].some((sent) =>
      isProved(source, provider, { headers: sent, signable: [], receivedAt, pathKey: null }),
    ),
  );
  if (own) return { source: own, token: null };
  const maySign = candidates.some(({ auth }) => auth === "signature");
  if (maySign && asBearer.authorization === undefined) return null;
  const token = await admit(asBearer).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "unauthenticated")
      countRefusal(door, candidates);
    throw error;
  });
  return { source: { name: sourceOf(token.actor), header: null }, token };
}

function signed(
  door: Door,
  candidates: readonly ConfigSource[],
  source: ConfigSource | undefined,
  provider: Reader,
  headers: Record<string, string>,
): Sender {
  if (source) return { source, token: null };
  countRefusal(door, candidates);
  throw new Problem("bad_signature", expectedSignature(provider, headers));
}

/** Of several nobody knows whose request it was meant to be. */
function countRefusal(door: Door, [source, ...others]: readonly ConfigSource[]): void {
  if (source && others.length === 0) door.refusals.count(source.name, door.context.clock.now());
}

/** The headers as if the key had come as a bearer token, whichever way the tool's clients send it. */
function bearerIn(
  headers: Record<string, string>,
  keyHeader: string | undefined,
): Record<string, string> {
  const key = keyHeader && headers[keyHeader];
  const encoded = /^Basic +(.+)$/i.exec(headers.authorization ?? "")?.[1];
  const password =
    encoded &&
    Buffer.from(encoded, "base64")
      .toString("utf8")
      .replace(/^[^:]*:/, "");
  const token = key || password;
  return token ? { ...headers, authorization: `Bearer ${token}` } : headers;
}

/** With a token the address's connection stays part of the path: ids are unique within one. */
function pathOf({ named, path = "" }: ToolRequest, source: string): string {
  return named === undefined || named === source ? path : `connections/${named}/${path}`;
}
