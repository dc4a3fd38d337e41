import { expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { defaultConfig } from "@/lib/config";
import { type Follower, refuseTooMany } from "@/lib/live/followers";

const tokenActor = (id: string): Actor => ({
  kind: "token",
  id,
  name: id,
  scopes: ["read"],
  reach: null,
  expiresAt: null,
  byPrevious: false,
});

it("429 for the 5,001st stream in all, whoever asks for it", () => {
  const open = new Set<Follower>();
  const refuse = () => refuseTooMany({ config: defaultConfig }, open, tokenActor("newcomer"));
  for (let index = 1; index < 5_000; index += 1)
    open.add({ actor: tokenActor(`t${index}`), authorization: null });
  refuse();
  open.add({ actor: tokenActor("the last"), authorization: null });
  expect(refuse).toThrow(
    expect.objectContaining({
      code: "too_many_requests",
      message: "At most 5000 streams are open at once.",
      details: { limit: 5_000, retryAfterSeconds: 30 },
    }),
  );
});
