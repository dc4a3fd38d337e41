import { randomUUID } from "node:crypto";
import type { Role } from "@/lib/auth/actor";

/** Somebody else on the filled instance, invited by its admin; answers the cookie of their session. */
export async function inviteAs(url: string, name: string, role: Role): Promise<string> {
  const admin = process.env.PUSHLINE_TEST_COOKIE ?? "";
  const made = await post(url, "/api/v1/invitations", { note: name, role }, admin);
  const { address } = (await made.json()) as { address: string };
  // Without a cookie: whoever signs in anew ends the session that their browser had.
  const accepted = await post(url, "/api/v1/invitations/accept", {
    token: new URL(address).hash.slice(1),
    name,
    // Two tests may invite people of one name.
    email: `${name.toLowerCase()}-${randomUUID()}@example.com`,
    password: "seven grey geese over water",
  });
  return accepted.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function post(url: string, path: string, body: unknown, cookie = ""): Promise<Response> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, cookie },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}
