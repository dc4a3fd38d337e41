import { describe, expect, it } from "vitest";
import { readGithub } from "@/lib/sources/github/read";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { readEvent, readFixture } from "@/lib/sources/testing/github";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

describe("issues", () => {
  const issue = (action: string, minute: number, labels: string[], extra: object = {}) =>
    statementsOf(
      readEvent("issues", {
        action,
        repository: { full_name: "acme/shop" },
        issue: {
          number: 2,
          title: "Checkout is down",
          state: "open",
          labels: labels.map((name) => ({ name })),
          created_at: "2026-01-01T10:00:00Z",
          updated_at: `2026-01-01T10:0${minute}:00Z`,
          closed_at: null,
          ...extra,
        },
        label: { name: "incident" },
      }),
    );
  const time = (minute: number) => `2026-01-01T10:0${minute}:00.000Z`;
  const closedAt = (minute: number) => ({
    state: "closed",
    closed_at: `2026-01-01T10:0${minute}:00Z`,
  });

  it("labelling opens an incident at the time of labelling", () => {
    expect(
      factOf("incident", readFixture("issues.labeled-incident.1.json"))?.members,
    ).toMatchObject({
      repository: "someuser/somerepo",
      title: "some test issue",
      openedAt: "2021-12-31T10:05:04.000Z",
    });
  });

  it("an issue opened with the label opens it at its creation", () => {
    expect(factOf("incident", issue("opened", 0, ["SEV1"]))?.members).toMatchObject({
      openedAt: time(0),
      severity: "sev1",
    });
  });

  it("a close without an incident on record creates none", () => {
    expect(factOf("incident", readFixture("issues.closed.1.json"))).toBeNull();
    expect(factOf("incident", readFixture("issues.unlabeled-incident.1.json"))).toBeNull();
  });

  it("closing resolves, reopening reopens, closing again resolves", () => {
    const all = [
      ...issue("labeled", 1, ["incident"]),
      ...issue("closed", 3, ["incident"], closedAt(3)),
      ...issue("reopened", 4, ["incident"]),
    ];
    expect(factOf("incident", all)?.members).toMatchObject({
      openedAt: time(1),
      reopenedAt: time(4),
      resolvedAt: null,
    });
    const closed = [...all, ...issue("closed", 6, ["incident"], closedAt(6))].toReversed();
    expect(factOf("incident", closed)?.members).toMatchObject({
      openedAt: time(1),
      resolvedAt: time(6),
    });
  });

  it("a reopening whose labelling was never delivered moves the opening nowhere", () => {
    const all = [
      ...issue("closed", 3, ["incident"], closedAt(3)),
      ...issue("reopened", 4, ["incident"]),
    ];
    for (const order of [all, all.toReversed()])
      expect(factOf("incident", order)?.members).toMatchObject({
        openedAt: time(0),
        reopenedAt: time(4),
        resolvedAt: null,
      });
    const closed = [...issue("closed", 6, ["incident"], closedAt(6)), ...all];
    expect(factOf("incident", closed)?.members).toMatchObject({
      openedAt: time(0),
      resolvedAt: time(6),
    });
  });

  it("taking the label off resolves, and closing later does not move that", () => {
    const all = [
      ...issue("labeled", 1, ["incident"]),
      ...issue("unlabeled", 2, []),
      ...issue("closed", 5, [], closedAt(5)),
    ];
    expect(factOf("incident", all)?.members).toMatchObject({
      openedAt: time(1),
      resolvedAt: time(2),
    });
  });

  it("a second incident label neither opens again nor, once closed, reopens", () => {
    const all = [
      ...issue("labeled", 1, ["incident"]),
      ...issue("labeled", 2, ["incident", "sev2"]),
      ...issue("closed", 3, ["incident", "sev2"], closedAt(3)),
      ...issue("labeled", 4, ["incident", "sev2", "severity:critical"], closedAt(3)),
    ];
    expect(factOf("incident", all)?.members).toMatchObject({
      openedAt: time(1),
      resolvedAt: time(3),
      severity: "critical",
    });
  });

  it("one labelled only after it was closed was open from its creation to its close", () => {
    const all = issue(
      "labeled",
      5,
      ["incident", "service:checkout", "env:production"],
      closedAt(3),
    );
    expect(factOf("incident", all)?.members).toMatchObject({
      openedAt: time(0),
      resolvedAt: time(3),
      service: "checkout",
      environment: "production",
    });
  });

  it.each([
    ["incident", undefined],
    ["Outage", undefined],
    ["sev2", "sev2"],
    ["SEV-1", "sev-1"],
    ["severity:critical", "critical"],
  ])("the label %s is an incident's, of the severity %s", (label, severity) => {
    const members = factOf("incident", issue("opened", 0, [label]))?.members;
    expect(members?.openedAt).toBe(time(0));
    expect(members?.severity).toBe(severity);
  });

  it.each(["several", "seven", "incidental", "critical", "bug"])(
    "the label %s is none",
    (label) => {
      expect(issue("opened", 0, [label])).toEqual([]);
    },
  );

  it("a plain severity label counts beside an incident's", () => {
    const members = factOf("incident", issue("opened", 0, ["incident", "Critical"]))?.members;
    expect(members?.severity).toBe("critical");
  });

  it("one that is deleted or transferred is over, as of its receipt", () => {
    for (const action of ["deleted", "transferred"])
      expect(
        factOf("incident", [
          ...issue("labeled", 1, ["incident"]),
          ...issue(action, 2, ["incident"]),
        ])?.members.resolvedAt,
      ).toBe(receivedAt.toISOString());
  });

  it("a label that is none of an incident's neither opens nor ends one", () => {
    const bug = (action: string, labels: string[]) => {
      const [said] = statementsOf(
        readEvent("issues", {
          action,
          repository: { full_name: "acme/shop" },
          issue: { number: 2, title: "t", labels: labels.map((name) => ({ name })), state: "open" },
          label: { name: "bug" },
        }),
      );
      return said?.noun === "incident" ? Object.values(said.members.reports ?? {}) : null;
    };
    expect(bug("labeled", ["outage", "bug"])).toMatchObject([{ state: "opened", presumed: true }]);
    expect(bug("unlabeled", [])).toEqual([]);
  });

  it("an issue without an incident label is ignored", () => {
    expect(readGithub(deliveryOf("github", "issues.reopened.1.json")).outcome).toBe("ignored");
  });
});
