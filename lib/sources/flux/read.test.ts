import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { flux } from "@/lib/sources/flux";
import { readFlux } from "@/lib/sources/flux/read";
import { fluxSignature } from "@/lib/sources/flux/signature";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const sha = "731f7eaddfb6af01cb2173e18f0f75b0ba780ef1";
const uid = "7d0cdc51-ddcf-4743-b223-83ca5c699632";
const base = jsonOf("flux", "event.error.1.json");
const read = (extra: object) =>
  readFlux({
    source: "flux",
    headers: {},
    body: Buffer.from(JSON.stringify({ ...base, ...extra })),
    receivedAt,
  });
const said = (extra: object) => statementsOf(read(extra));
const members = (extra: object) => factOf("deployment", said(extra))?.members;
const succeeded = { severity: "info", reason: "ReconciliationSucceeded" };
const revision = (value: string, extra: object = {}) => ({
  metadata: { "kustomize.toolkit.fluxcd.io/revision": value, ...extra },
});

it("the documented error is a failed attempt of its revision", () => {
  const statements = statementsOf(readFlux(deliveryOf("flux", "event.error.1.json")));
  expect(statements.map(({ key }) => key)).toEqual([`flux/${uid}:main/${sha}:failed`]);
  expect(factOf("deployment", statements)?.members).toMatchObject({
    name: "webapp",
    service: "webapp",
    environment: "apps",
    branch: "main",
    revision: sha,
    version: null,
    status: "failed",
    finishedAt: "2022-10-28T07:26:19.000Z",
    description: expect.stringContaining("validation error"),
  });
});

describe("a revision", () => {
  it.each([
    [`main/${sha}`, { branch: "main", revision: sha, version: null }],
    [`main@sha1:${sha}`, { branch: "main", revision: sha, version: null }],
    [`feature/x@sha1:${sha}`, { branch: "feature/x", revision: sha, version: null }],
    [`sha1:${sha}`, { branch: null, revision: sha, version: null }],
    [
      `2.4.0@sha256:${"a".repeat(64)}`,
      { revision: null, version: "2.4.0", artifact: `sha256:${"a".repeat(64)}` },
    ],
    ["6.5.4", { revision: null, version: "6.5.4" }],
  ])("%s has one form of several", (value, expected) => {
    expect(members({ ...succeeded, ...revision(value) })).toMatchObject(expected);
  });

  it("of an OCI artifact's origin counts before its digest", () => {
    const origin = { originRevision: `main@sha1:${sha}` };
    expect(
      members({ ...succeeded, ...revision(`latest@sha256:${"a".repeat(64)}`, origin) }),
    ).toMatchObject({
      revision: sha,
      branch: "main",
    });
  });

  it("is found without the group before its key too, as newer versions send it", () => {
    expect(members({ ...succeeded, metadata: { revision: `main@sha1:${sha}` } })).toMatchObject({
      revision: sha,
    });
  });
});

describe("repeated events", () => {
  it("errors of one revision are one failed attempt, ended when the first was told", () => {
    const later = { timestamp: "2022-10-28T07:36:19Z", reason: "HealthCheckFailed" };
    const all = [...said(later), ...said({})];
    expect(factOf("deployment", all)?.members.finishedAt).toBe("2022-10-28T07:26:19.000Z");
  });

  it("failures that name no revision are ignored by their reason, never one attempt for ever", () => {
    for (const [reason, timestamp] of [
      ["BuildFailed", "2022-10-28T07:26:19Z"],
      ["HealthCheckFailed", "2023-01-01T00:00:00Z"],
    ])
      expect(read({ reason, timestamp, metadata: {} })).toMatchObject({
        outcome: "ignored",
        event: `Kustomization.${reason}`,
        reason: "a failure that names no revision is an attempt of none",
      });
  });

  it("a failure of another revision is another attempt", () => {
    const [first] = said({});
    const [second] = said(revision(`main@sha1:${"b".repeat(40)}`));
    expect(second?.key).not.toBe(first?.key);
  });

  it("successes of one revision are deployments of their own: A, B, and A again", () => {
    const [a] = said(succeeded);
    const [again] = said({ ...succeeded, timestamp: "2022-10-29T00:00:00Z" });
    expect(again?.key).not.toBe(a?.key);
    expect(said({})[0]?.key).not.toBe(a?.key);
  });
});

describe("events that end no deployment", () => {
  it.each([
    ["of a source", { involvedObject: { ...base.involvedObject, kind: "GitRepository" } }],
    ["of progress", { severity: "info", reason: "Progressing" }],
    ["of something missing", { reason: "DependencyNotReady" }],
    ["of a failure before any revision was known", { reason: "BuildFailed", metadata: {} }],
    ["of a failure without metadata", { reason: "ReconciliationFailed", metadata: null }],
    [
      "of every reconciliation of what runs already",
      {
        ...succeeded,
        ...revision(`main@sha1:${sha}`, { "kustomize.toolkit.fluxcd.io/commit_status": "update" }),
      },
    ],
  ])("%s are ignored", (_, extra) => {
    expect(read(extra)).toMatchObject({ outcome: "ignored" });
  });

  it("without a reason, revision and time are ignored too", () => {
    expect(readFlux(deliveryOf("flux", "event.partial.1.json"))).toMatchObject({
      outcome: "ignored",
      event: "HelmRelease",
    });
  });
});

describe("a HelmRelease", () => {
  const helm = (reason: string, severity = "info") => ({
    involvedObject: { ...base.involvedObject, kind: "HelmRelease" },
    reason,
    severity,
    metadata: {
      "helm.toolkit.fluxcd.io/revision": "6.5.4",
      "helm.toolkit.fluxcd.io/app-version": "2.481.0",
      "event.toolkit.fluxcd.io/environment": "production",
      service: "checkout",
    },
  });

  it("is its app's version, where and what its metadata says", () => {
    expect(members(helm("UpgradeSucceeded"))).toMatchObject({
      service: "checkout",
      environment: "production",
      version: "2.481.0",
      status: "succeeded",
    });
    expect(members(helm("UpgradeFailed", "error"))).toMatchObject({ status: "failed" });
  });

  it("rolled back declares it", () => {
    expect(members(helm("RollbackSucceeded"))).toMatchObject({ kind: "rollback" });
    expect(members(helm("UpgradeSucceeded"))).not.toHaveProperty("kind");
  });
});

describe("X-Signature", () => {
  const body = Buffer.from("{}");
  const headers = flux.sign?.(body, "secret") ?? {};

  it("is the HMAC of the body, as hex behind sha256=", () => {
    expect(headers["x-signature"]).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(fluxSignature.verify({ headers, body }, "secret")).toBe(true);
    expect(fluxSignature.verify({ headers, body: Buffer.from("{ }") }, "secret")).toBe(false);
    expect(fluxSignature.verify({ headers, body }, "another")).toBe(false);
    expect(fluxSignature.verify({ headers: {}, body }, "secret")).toBe(false);
    expect(fluxSignature.verify({ headers: { "x-signature": "sha256=" }, body }, "")).toBe(false);
  });
});

it.each([
  ["signature", "generic-hmac", { token: "s3cret" }],
  ["bearer", "generic", { headers: 'Authorization: "Bearer s3cret"\n' }],
  ["path", "generic", { address: "https://pushline.example/api/webhooks/flux/s3cret" }],
] as const)("by %s the provider to apply is of type %s", (auth, type, stringData) => {
  const given = {
    name: "flux",
    auth,
    username: "",
    header: "",
    address: "https://pushline.example/api/webhooks/flux",
    origin: "https://pushline.example",
    secret: "s3cret",
    at: "2026-11-21T09:00:00Z",
  };
  const [secret, provider, alert] = parseAllDocuments(flux.guide.steps(given)[0]?.code ?? "").map(
    (document) => document.toJS(),
  );
  expect(secret.stringData).toEqual(stringData);
  expect(provider.spec.type).toBe(type);
  expect(alert.spec).toMatchObject({ eventSeverity: "info", providerRef: { name: "pushline" } });
});
