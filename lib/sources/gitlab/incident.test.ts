import { describe, expect, it } from "vitest";
import { gitlab } from "@/lib/sources/gitlab";
import { jsonOf } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = readerFor(gitlab);
const json = jsonOf("gitlab", "work_item.incident-open.1.json");
const at = (minute: number) => `2026-05-28T06:0${minute}:00.000Z`;
const step = (minute: number, attributes: object, rest: object = {}) =>
  statementsOf(
    read.json({
      ...json,
      ...rest,
      object_attributes: { ...json.object_attributes, updated_at: at(minute), ...attributes },
    }),
  );
const status = (current: string) => ({ changes: { escalation_status: { current } } });
const closed = (minute: number) =>
  step(minute, { action: "close", state: "closed", closed_at: at(minute) });

describe("an issue of the type Incident", () => {
  it("opens an incident; an unknown severity is none", () => {
    const [opened] = read.fixture("work_item.incident-open.1.json");
    expect(opened?.key).toBe("gitlab/sathwikshetty33-group/mVc#2");
    expect(factOf("incident", opened ? [opened] : [])?.members).toMatchObject({
      title: "Testing",
      severity: null,
      openedAt: "2026-05-28T05:04:31.155Z",
      url: "https://gitlab.com/sathwikshetty33-group/mVc/-/issues/2",
    });
  });

  it("newer versions say work_item where older ones said issue", () => {
    const older = { ...json, object_kind: "issue", event_type: "issue" };
    expect(statementsOf(read.json(older))).toEqual(statementsOf(read.json(json)));
  });

  it("versions without a type are known by their escalation status", () => {
    expect(step(1, { type: undefined })).toHaveLength(1);
    expect(step(1, { type: undefined, escalation_status: undefined })).toEqual([]);
    expect(step(1, { type: "Issue" })).toEqual([]);
  });

  it("closing resolves, reopening reopens, closing again resolves", () => {
    const reopened = step(3, { action: "reopen", state: "opened" });
    const all = [...closed(2), ...reopened, ...step(0, {})];
    expect(factOf("incident", all)?.members).toMatchObject({ reopenedAt: at(3), resolvedAt: null });
    expect(factOf("incident", [...closed(5), ...all])?.members.resolvedAt).toBe(at(5));
  });

  it("its status acknowledges and resolves before it is closed", () => {
    const all = [
      ...step(1, { action: "update" }, status("acknowledged")),
      ...step(2, { action: "update" }, status("resolved")),
      ...closed(5),
    ];
    expect(factOf("incident", all.toReversed())?.members).toMatchObject({
      acknowledgedAt: at(1),
      resolvedAt: at(2),
    });
  });

  it("severity and scoped labels say what it is of", () => {
    const labels = ["service::checkout", "env:production"].map((title) => ({ title }));
    expect(step(1, { severity: "High" }, { labels })[0]?.members).toMatchObject({
      severity: "high",
      service: "checkout",
      environment: "production",
    });
  });
});
