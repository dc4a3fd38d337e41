import { expect, it } from "vitest";
import type { SuspectAnswer, SuspectsAnswer } from "@/lib/http/answers";
import { confirm, isConfirmed, isRejected, noChange, nothing, reject, wordOf } from "./verdict";

const suspect = (id: string | null): SuspectAnswer => ({
  kind: id === null ? "none" : "deployment",
  id,
  service: "checkout",
  at: null,
  label: "",
  sources: [],
  probability: 0.5,
  evidence: [],
});
const said = (verdict: ReturnType<typeof confirm>): SuspectsAnswer["verdict"] => ({
  ...verdict,
  note: null,
  actor: "ana",
  at: "2026-01-01T00:00:00Z",
});

it("confirms one suspect, and takes back that it was rejected", () => {
  const rejected = said(reject(null, suspect("a")));
  expect(isRejected(rejected, suspect("a"))).toBe(true);
  expect(confirm(rejected, suspect("a"))).toEqual({
    verdict: "confirmed",
    changes: [{ kind: "deployment", id: "a" }],
    rejected: [],
  });
});

it("rejects beside what is confirmed, and unconfirms what is rejected", () => {
  const confirmed = said(confirm(null, suspect("a")));
  expect(reject(confirmed, suspect("b"))).toMatchObject({ verdict: "confirmed" });
  expect(reject(confirmed, suspect("a"))).toEqual({
    verdict: null,
    changes: [],
    rejected: [{ kind: "deployment", id: "a" }],
  });
});

it("says that no change did it, keeping what was rejected", () => {
  const verdict = said(noChange(said(reject(null, suspect("a")))));
  expect(isConfirmed(verdict, suspect(null))).toBe(true);
  expect(isRejected(verdict, suspect("a"))).toBe(true);
  expect(confirm(verdict, suspect(null)).verdict).toBe("none");
});

it("has a word for each", () => {
  const words = [confirm(null, suspect("a")), noChange(null), reject(null, suspect("a")), nothing];
  expect(new Set(words.map(wordOf)).size).toBe(4);
});
