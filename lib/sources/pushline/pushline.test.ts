import { expect, it } from "vitest";
import { pushline } from "@/lib/sources/pushline";
import { jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (json: unknown) =>
  statementsOf(
    pushline.read({
      source: "pushline",
      headers: {},
      body: Buffer.from(JSON.stringify(json)),
      receivedAt,
    }),
  );

it("the latest verdict on an incident stands, and null undoes", () => {
  const confirmed = jsonOf("pushline", "verdict.confirmed.1.json");
  const all = [...read(jsonOf("pushline", "verdict.undone.1.json")), ...read(confirmed)];
  expect(all[0]?.key).toBe("pushline/0123456789abcdef01234567");
  expect(factOf("verdict", all)?.members).toMatchObject({ verdict: null, changes: [] });
  const { type, ...members } = confirmed;
  expect(factOf("verdict", read(confirmed))?.members).toEqual(members);
});

it("a correction is kept with its actor and note", () => {
  const { type, ...members } = jsonOf("pushline", "correction.1.json");
  expect(read({ type, ...members })).toEqual([
    {
      noun: "correction",
      key: "pushline/89abcdef0123456789abcdef",
      asOf: "2026-01-31T11:00:00.000Z",
      members,
    },
  ]);
});

it("the latest word on whether a report stands apart stands", () => {
  const apart = jsonOf("pushline", "separation.1.json");
  const rejoined = { ...apart, apart: false, note: null, at: "2026-01-31T12:00:00.000Z" };
  const all = [...read(rejoined), ...read(apart)];
  expect(all[1]?.key).toBe("pushline/incident/456789abcdef0123456789ab");
  const { type, ...members } = rejoined;
  expect(factOf("separation", all)?.members).toEqual(members);
  // One id may name a deployment's report and an incident's: each has its own word.
  expect(read({ ...apart, kind: "deployment" })[0]?.key).not.toBe(all[1]?.key);
  expect(() => read({ ...apart, kind: "build" })).toThrow(
    expect.objectContaining({ code: "invalid_event", field: "kind" }),
  );
});

it("a word of another shape is unreadable by its field", () => {
  const correction = jsonOf("pushline", "correction.1.json");
  expect(() => read({ ...correction, kind: "undone" })).toThrow(
    expect.objectContaining({ code: "invalid_event", field: "kind" }),
  );
  expect(() => read({ ...correction, at: "2026-01-31T11:00:00Z" })).toThrow(
    expect.objectContaining({ field: "at" }),
  );
});
