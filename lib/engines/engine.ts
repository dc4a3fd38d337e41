import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** An engine as it is called. */
export interface Engine {
  name: string;
  /** Without a user: what it says of one goes into `authorization`. */
  url: URL;
  /** Null where it asks for nothing. */
  authorization: string | null;
}

/** What an engine's credential is sealed for. */
export const enginePurpose = (name: string) => `engine ${name}`;

/** An engine of pushline.yaml or settings, its credential opened. Throws `not_found`. */
export async function readEngine(
  { db, config, vault }: Pick<Context, "db" | "config" | "vault">,
  name: string,
): Promise<Engine> {
  const inFile = config.engines.find(
    (engine) => engine.name === name && config.provisioned.engines.includes(name),
  );
  if (inFile) return withoutUser(name, inFile.url);
  const row = await db
    .selectFrom("configured_engines")
    .selectAll()
    .where("name", "=", name)
    .executeTakeFirst();
  if (!row) throw new Problem("not_found", "There is no engine of this name.");
  const sealed = row.sealed_credential;
  const authorization = sealed ? vault.open(enginePurpose(name), sealed) : null;
  return { name, url: new URL(row.url), authorization };
}

/** pushline.yaml may have the user in the address, where it has no other place for it. */
function withoutUser(name: string, address: string): Engine {
  const url = new URL(address);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const hasUser = username !== "" || password !== "";
  const user = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  return { name, url, authorization: hasUser ? basicAuthorization(user) : null };
}

export function basicAuthorization(user: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${user.username}:${user.password}`).toString("base64")}`;
}

/** An address of an engine's HTTP API, below whatever path it is served under. */
export function engineAddress(
  { url }: Pick<Engine, "url">,
  path: string,
  query: Record<string, string> = {},
): URL {
  const address = new URL(url);
  address.pathname = `${url.pathname.replace(/\/+$/, "")}${path}`;
  address.search = new URLSearchParams(query).toString();
  return address;
}
