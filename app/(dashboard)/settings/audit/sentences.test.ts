import { describe, expect, test } from "vitest";
import { auditActions as recorded } from "@/lib/audit/audit";
import type { AuditAnswer } from "@/lib/audit/audit-answer";
import { actionName, auditActions, detailsOf, sentenceOf } from "./sentences";

const entry: AuditAnswer = {
  id: "1",
  at: "2026-11-21T09:00:00.000Z",
  actorKind: "person",
  actor: "Ana",
  actorId: "p0",
  action: "token.made",
  subjectKind: "token",
  subject: "pipeline",
  address: null,
  details: {},
};
const text = (given: Partial<AuditAnswer>, names: [string, string][] = []) => {
  const { before, subject, after } = sentenceOf({ ...entry, ...given }, new Map(names));
  return `${before}${subject ?? ""}${after}`;
};

describe("the audit in words", () => {
  test("everything that is recorded has its sentence", () => {
    expect([...auditActions].sort()).toEqual([...recorded].sort());
  });

  test("what stands in the middle stays in the middle", () => {
    expect(text({ action: "token.rotated" })).toBe("gave the token pipeline a new secret");
  });

  test("what a person does to themselves names nobody", () => {
    expect(text({ action: "account.signed_in", subjectKind: "person", subject: "p1" })).toBe(
      "signed in",
    );
  });

  test("people go by their name of then, else of now, else they are gone", () => {
    const removed = { action: "person.removed", subjectKind: "person", subject: "p1" };
    expect(text({ ...removed, details: { name: "Bo" } }, [["p1", "Bob"]])).toContain("Bo");
    expect(text(removed, [["p1", "Bob"]])).toBe("removed the person Bob");
    expect(text(removed)).toBe("removed the person someone who is gone");
  });

  test("a delivery, a deployment and an incident are one click away", () => {
    const href = (subjectKind: string) =>
      sentenceOf({ ...entry, action: "delivery.replayed", subjectKind, subject: "7" }, new Map())
        .href;
    expect(["delivery", "deployment", "incident", "token"].map(href)).toEqual([
      "/deliveries/7",
      "/deployments/7",
      "/incidents/7",
      null,
    ]);
  });

  test("an action of another version is told by its own name", () => {
    expect(text({ action: "train.held", subject: "noon" })).toBe("train: held noon");
    expect(actionName("source.rotation_begun")).toBe("source: rotation begun");
  });

  test("details are words, and what is not there is left out", () => {
    const details = {
      dependsOn: ["a", "b"],
      reach: null,
      after: { role: "admin", teams: {} },
      expiresAt: "2027-02-19T13:48:59.828Z",
    };
    expect(detailsOf({ ...entry, details })).toEqual([
      ["depends on", "a, b"],
      ["after", "role admin, teams none"],
      ["expires at", "2027-02-19 13:48 UTC"],
    ]);
  });
});
