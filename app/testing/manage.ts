import { getAnswer } from "@/app/testing/send";

/** What tests set up as the first admin, without going through pages. */

const cookieOfAdmin = () => process.env.PUSHLINE_TEST_COOKIE ?? "";

export async function manage<Answer>(
  url: string,
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { cookie: cookieOfAdmin(), origin: url, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** Takes away what an earlier try of the same test may have made and left. */
export async function removeLeft(url: string, path: string): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method: "DELETE",
    headers: { cookie: cookieOfAdmin(), origin: url },
  });
  if (!response.ok && response.status !== 404)
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

/** The cookie of someone new with this role, and with others in single teams. */
export async function invited(
  url: string,
  { name, role, teams = {} }: { name: string; role: string; teams?: Record<string, string> },
): Promise<string> {
  const { address } = await manage<{ address: string }>(url, "POST", "/api/v1/invitations", {
    note: name,
    role,
    teams,
  });
  const response = await fetch(`${url}/api/v1/invitations/accept`, {
    method: "POST",
    headers: { origin: url, "content-type": "application/json" },
    body: JSON.stringify({
      token: new URL(address).hash.slice(1),
      name,
      email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, ".")}@example.com`,
      password: "four lemons under the bridge",
    }),
  });
  if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

/** A source's delivery, in the provider's own headers. */
export function deliver(
  url: string,
  source: string,
  headers: Record<string, string>,
  body: string,
): Promise<Response> {
  return fetch(`${url}/api/webhooks/${source}`, { method: "POST", headers, body });
}

/** The name of a mapping source with rules and a delivery; made by whoever asks first. */
export async function mappedSource(url: string): Promise<string> {
  const name = "mapped";
  const { items } = await getAnswer<{ items: { name: string }[] }>(url, "/api/v1/sources");
  if (items.some((source) => source.name === name)) return name;
  const { secret } = await manage<{ secret: string }>(url, "POST", "/api/v1/sources", {
    name,
    provider: "mapping",
  });
  const proof = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  await deliver(url, name, proof, JSON.stringify({ number: 1, app: "till", commit: "abc1234" }));
  const mapping = `- fact:
    type: deployment
    id: number
    service: app
    environment: "'staging'"
    revision: commit
    status: "'succeeded'"
`;
  await manage(url, "PUT", `/api/v1/sources/${name}/mapping`, { mapping });
  return name;
}
