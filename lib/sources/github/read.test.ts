import { describe, expect, it } from "vitest";
import { readGithub } from "@/lib/sources/github/read";
import { deliveryOf } from "@/lib/sources/testing/fixtures";
import { readEvent } from "@/lib/sources/testing/github";

describe("any other delivery", () => {
  it("an unknown event is ignored with a reason", () => {
    expect(readEvent("sponsorship", { action: "created" })).toEqual({
      outcome: "ignored",
      event: "sponsorship.created",
      reason: "events of this name are not read",
    });
    expect(readEvent("constructor", {}).outcome).toBe("ignored");
  });

  it("a form with one payload field, GitHub's preset content type, reads the same", () => {
    const { body, ...rest } = deliveryOf("github", "push.1.json");
    const form = new URLSearchParams({ payload: Buffer.from(body).toString() }).toString();
    const headers = { ...rest.headers, "content-type": "application/x-www-form-urlencoded" };
    expect(readGithub({ ...rest, headers, body: Buffer.from(form) })).toEqual(
      readGithub({ ...rest, body }),
    );
  });

  it.each([
    ["push", { ref: "refs/heads/main" }, "missing_field", "after"],
    ["push", { ref: "refs/heads/main", after: 7 }, "wrong_type", "after"],
    ["deployment", { deployment: { id: 1, sha: "a" } }, "missing_field", "repository.full_name"],
    ["deployment", { deployment: {} }, "missing_field", "deployment.id"],
    ["workflow_run", {}, "missing_field", "workflow_run.id"],
  ])("%s %j is unreadable: %s %s", (event, json, code, field) => {
    expect(() => readEvent(event, json)).toThrow(expect.objectContaining({ code, field }));
  });
});
