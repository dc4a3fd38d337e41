import type { Role } from "@/lib/auth/actor";

/** Somebody else on the filled instance, invited by its admin; answers the cookie of their session. */
export async function inviteAs(url: string, name: string, role: Role): Promise<string> {
  const { address } = (await (
    await post(url, "/api/v1/invitations", { note: name, role })
  ).json()) as { address: string };
  const accepted = await post(url, "/api/v1/invitations/accept", {
    token: new URL(address).hash.slice(1),
    name,
    email: `${name.toLowerCase()}@example.com`,
    password: "seven grey geese over water",
  });
  return accepted.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function post(url: string, path: string, body: unknown): Promise<Response> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: url,
      cookie: process.env.PUSHLINE_TEST_COOKIE ?? "",
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}
