import { describe, expect, it } from "vitest";
import { jsonOf } from "@/lib/sources/testing/fixtures";
import { readEvent, readFixture } from "@/lib/sources/testing/github";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

describe("pull_request", () => {
  it("closed is a merge only when merged is true; a test merge's revision is not taken", () => {
    const [closed] = readFixture("pull_request.closed-unmerged.1.json");
    expect(closed).toMatchObject({
      key: "Codertocat/Hello-World#2",
      members: { mergedAt: null, mergeRevision: null, closedAt: "2019-05-15T15:21:18.000Z" },
    });
    const [merged] = readFixture("pull_request.closed-merged.1.json");
    expect(merged?.members).toMatchObject({
      mergedAt: "2017-10-20T16:55:30.000Z",
      mergeRevision: "acac2f75d59f43ceab769fb203cfbbf6f3cf8b10",
      additions: 110,
    });
  });

  it("merged without merged_at falls back to closed_at, then to the last update", () => {
    const json = jsonOf("github", "pull_request.closed-merged.2.json");
    const mergedAt = (closed_at: string | null) =>
      statementsOf(
        readEvent("pull_request", { ...json, pull_request: { ...json.pull_request, closed_at } }),
      )[0]?.members;
    expect(mergedAt("2015-05-06T00:00:00Z")).toMatchObject({
      mergedAt: "2015-05-06T00:00:00.000Z",
    });
    expect(mergedAt(null)).toMatchObject({ mergedAt: "2015-05-05T23:40:27.000Z" });
  });
});

describe("pull_request_review", () => {
  const review = (by: string, submitted_at: string, action = "submitted") =>
    readEvent("pull_request_review", {
      action,
      repository: { full_name: "acme/shop" },
      pull_request: { number: 7, user: { login: "ana" } },
      review: { user: { login: by }, submitted_at },
    });

  it("the earliest review by somebody else is the first, whichever comes first", () => {
    const early = statementsOf(review("bo", "2026-01-01T10:00:00Z"));
    const late = statementsOf(review("cy", "2026-01-01T11:00:00Z"));
    for (const said of [
      [...early, ...late],
      [...late, ...early],
    ])
      expect(factOf("pull_request", said)?.members.firstReviewAt).toBe("2026-01-01T10:00:00.000Z");
  });

  it("the author's own comments and dismissals are no review", () => {
    expect(review("ana", "2026-01-01T10:00:00Z").outcome).toBe("ignored");
    expect(review("bo", "2026-01-01T10:00:00Z", "dismissed").outcome).toBe("ignored");
  });
});
