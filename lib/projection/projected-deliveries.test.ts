import { describe, expect, it } from "vitest";
import { digest } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import { github, posted, push, sha } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";

const database = projectionDatabase();
const { told } = database;
const shop = "acme/checkout";
const outcomes = async (ids: number[]) => {
  const rows = await database.db
    .selectFrom("deliveries")
    .select(["id", "outcome", "error_code", "error", "facts"])
    .where("id", "in", ids)
    .execute();
  return ids.map((id) => rows.find((row) => row.id === id));
};

describe("a delivery", () => {
  it("has its outcome, its reason and its facts", async () => {
    const ids = await told(
      push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]),
      github("ping", "09:00", { zen: "Speak like a human." }),
      posted("github", "github", "09:00", "{", { "x-github-event": "push" }),
      posted("later", "unheard-of", "09:00", {}),
    );
    expect(await outcomes(ids)).toMatchObject([
      {
        outcome: "accepted",
        error: null,
        facts: [
          { type: "change", id: expect.stringMatching(/^[0-9a-f]{24}$/) },
          { type: "change", id: publicId("commit", `${shop}@${sha("c0")}`) },
        ],
      },
      { outcome: "ignored", error: "GitHub says that the webhook is connected" },
      { outcome: "failed", error_code: "not_json" },
      { outcome: "failed", error_code: "unknown_provider", facts: [] },
    ]);
  });

  it("with NUL and lone surrogates in its text is kept, with a mark in their place", async () => {
    const message = "one\u0000two\ud800";
    const ids = await told(push(shop, "09:00", null, [{ name: "c0", at: "08:50", message }]));
    expect(await outcomes(ids)).toMatchObject([{ outcome: "accepted" }]);
    const [commit] = await database.db.selectFrom("commits").select("message").execute();
    expect(commit?.message).not.toContain("\u0000");
    expect(commit?.message).toMatch(/^one.?two\ufffd?$/);
  });

  it("replayed after a fix gives its facts; one that says less takes them back", async () => {
    const body = push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]);
    const [id = 0] = await told({ ...body, provider: "not-yet" });
    expect(await outcomes([id])).toMatchObject([{ outcome: "failed" }]);
    const replay = async (provider: string) => {
      await database.db
        .updateTable("deliveries")
        .set({ provider, outcome: "pending" })
        .where("id", "=", id)
        .execute();
      await told();
    };
    await replay("github");
    expect(await outcomes([id])).toMatchObject([{ outcome: "accepted", error_code: null }]);
    expect(await database.db.selectFrom("commits").select("id").execute()).toHaveLength(1);
    await replay("not-yet");
    expect(await database.db.selectFrom("commits").select("id").execute()).toHaveLength(0);
    expect(await database.db.selectFrom("statements").select("key").execute()).toHaveLength(0);
  });

  it("repeated a hundred times changes nothing but its own outcome", async () => {
    const body = push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]);
    await told(body);
    const before = await digest(database.db);
    await told(...Array.from({ length: 100 }, () => body));
    expect(await digest(database.db)).toBe(before);
  });
});
