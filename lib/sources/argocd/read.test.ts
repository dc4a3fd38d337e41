import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { argocd } from "@/lib/sources/argocd";
import { readArgocd } from "@/lib/sources/argocd/read";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const sha = "ea8759964626a583667a2bfd08f334ec2070040a";
const older = "1111111111111111111111111111111111111111";
const base = jsonOf("argocd", "application.1.json");
const started = base.status.operationState.startedAt;
const read = (json: unknown) =>
  readArgocd({
    source: "argocd",
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
/** The captured Application with other members in its operation and its status. */
const app = (operation: object = {}, status: object = {}, extra: object = {}) => ({
  ...base,
  ...extra,
  status: {
    ...base.status,
    ...status,
    operationState: { ...base.status.operationState, ...operation },
  },
});
const members = (json: unknown) => factOf("deployment", statementsOf(read(json)))?.members;
const automated = (sync: object = {}) => ({
  operation: { initiatedBy: { automated: true }, sync: { revision: sha, ...sync } },
});

describe("a captured Application", () => {
  it.each(["application.1.json", "application.1.yaml"])("%s is one deployment", (file) => {
    const statements = statementsOf(readArgocd(deliveryOf("argocd", file)));
    expect(statements.map(({ key }) => key)).toEqual([
      "argocd/94978696-4fd4-40b3-a1de-38d9df9e9316:2024-03-05T07:33:03.000Z",
    ]);
    expect(factOf("deployment", statements)?.members).toMatchObject({
      name: "velero-test",
      service: "velero-test",
      environment: "gke-alpha-01-europe-west1",
      repository: "foo/manifests-velero",
      revision: sha,
      version: null,
      artifact: null,
      status: "succeeded",
      startedAt: "2024-03-05T07:33:03.000Z",
      finishedAt: "2024-03-05T07:33:04.000Z",
      author: "foo@example.com",
    });
  });

  it("is the same as `app` beside a context, which says where to look at it", () => {
    const wrapped = members({ app: base, context: { argocdUrl: "https://cd.example/" } });
    expect(wrapped).toEqual({
      ...members(base),
      url: "https://cd.example/applications/argo-cd/velero-test",
    });
  });
});

describe("revision", () => {
  it("is the manifests' repository's, and the image's tag is the version", () => {
    const images = ["registry.example:5000/acme/velero-test:2.481.0", "envoy:1.30"];
    expect(members(app({}, { summary: { images } }))).toMatchObject({
      repository: "foo/manifests-velero",
      revision: sha,
      version: "2.481.0",
      artifact: "registry.example:5000/acme/velero-test:2.481.0",
    });
  });

  it("is the service's own where the tag is its commit, and the digest is the artifact", () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const images = [`ghcr.io/acme/velero-test:main-${older}@${digest}`];
    expect(members(app({}, { summary: { images } }))).toMatchObject({
      repository: null,
      revision: older,
      version: `main-${older}`,
      artifact: digest,
    });
  });

  it("while a sync runs is never that of the images, which ran before it", () => {
    const images = [`ghcr.io/acme/velero-test:${older}`];
    const running = app({ phase: "Running", finishedAt: null }, { summary: { images } });
    expect(members(running)).toMatchObject({ revision: sha, version: null, artifact: null });
  });

  it("stays that of the images when the application is degraded long after", () => {
    const images = [`ghcr.io/acme/velero-test:${older}`];
    const told = (status: string, lastTransitionTime: string) =>
      statementsOf(read(app({}, { summary: { images }, health: { status, lastTransitionTime } })));
    const all = [
      ...told("Healthy", "2024-03-05T07:36:00Z"),
      ...told("Degraded", "2024-03-06T00:00:00Z"),
    ];
    for (const order of [all, all.toReversed()])
      expect(factOf("deployment", order)?.members).toMatchObject({
        status: "succeeded",
        finishedAt: "2024-03-05T07:36:00.000Z",
        revision: older,
        artifact: `ghcr.io/acme/velero-test:${older}`,
      });
  });

  it("of several sources is the first commit; a Helm chart's is a version number", () => {
    const syncResult = {
      revisions: ["7.3.11", sha],
      sources: [
        { repoURL: "https://charts.example.com", chart: "velero" },
        { repoURL: "git@github.com:foo/values.git", ref: "values" },
      ],
    };
    expect(members(app({ syncResult }))).toMatchObject({
      repository: "foo/values",
      revision: sha,
      version: "7.3.11",
    });
  });

  it("is none while two tags of one image run, as halfway through a rollout", () => {
    const images = ["acme/velero-test:1", "acme/velero-test:2"];
    expect(members(app({}, { summary: { images } }))).toMatchObject({ version: null });
  });
});

describe("Succeeded means applied, not healthy", () => {
  const health = (status: string, lastTransitionTime?: string) =>
    members(app({}, { health: { status, lastTransitionTime } }));

  it("while it is progressing or suspended the deployment runs", () => {
    for (const status of ["Progressing", "Suspended", "Missing", "Unknown"])
      expect(health(status)).toMatchObject({ status: "running", finishedAt: null });
  });

  it("healthy ends it, when it became so", () => {
    expect(health("Healthy", "2024-03-05T07:36:00Z")).toMatchObject({
      status: "succeeded",
      finishedAt: "2024-03-05T07:36:00.000Z",
    });
    expect(health("Healthy", "2024-03-01T00:00:00Z")).toMatchObject({
      finishedAt: "2024-03-05T07:33:04.000Z",
    });
  });

  it("degraded fails it, and hours after it was healthy no more", () => {
    const degraded = app({}, { health: { status: "Degraded" } });
    expect(members(degraded)).toMatchObject({
      status: "failed",
      finishedAt: receivedAt.toISOString(),
    });
    const both = [...statementsOf(read(degraded)), ...statementsOf(read(base))];
    expect(factOf("deployment", both)?.members).toMatchObject({ status: "succeeded" });
  });

  it.each(["Failed", "Error"])("%s fails it without looking at the health", (phase) => {
    expect(members(app({ phase }))).toMatchObject({
      status: "failed",
      finishedAt: "2024-03-05T07:33:04.000Z",
    });
  });
});

describe("the same revision again", () => {
  it("is another deployment when a person syncs it: its key is the start, not the revision", () => {
    const again = app({ startedAt: "2024-03-06T10:00:00Z", finishedAt: "2024-03-06T10:00:09Z" });
    expect(statementsOf(read(again))[0]?.key).not.toBe(statementsOf(read(base))[0]?.key);
    expect(members(again)).not.toHaveProperty("kind");
  });

  it.each([
    ["the revision and source that ran", automated()],
    ["some resources", automated({ resources: [{ kind: "Deployment", name: "x" }] })],
    ["an attempt to heal", automated({ autoHealAttemptsCount: 2 })],
  ])("synced by itself, by %s, is self-healing or pruning: no deployment", (_, operation) => {
    expect(read(app(operation))).toMatchObject({ outcome: "ignored" });
  });

  it("synced by itself with another parameter is a deployment", () => {
    const syncResult = { revision: sha, source: { repoURL: "x", helm: { parameters: [1] } } };
    expect(members(app({ ...automated(), syncResult }))).toMatchObject({
      author: null,
      revision: sha,
    });
  });

  it("synced as a dry run changes nothing", () => {
    const operation = { initiatedBy: { username: "ana" }, sync: { revision: sha, dryRun: true } };
    expect(read(app({ operation }))).toMatchObject({ outcome: "ignored" });
  });
});

describe("a rollback", () => {
  const history = [
    { id: 1, revision: sha, deployedAt: "2024-03-01T00:00:00Z" },
    { id: 2, revision: older, deployedAt: "2024-03-02T00:00:00Z" },
    { id: 3, revision: sha, deployedAt: "2024-03-05T07:33:04Z" },
  ];

  it("is a revision found earlier in the history, with another one in between", () => {
    expect(members(app({}, { history }))).toMatchObject({ kind: "rollback" });
    expect(members(app({}, { history: history.slice(1) }))).not.toHaveProperty("kind");
  });

  it("is none when Argo CD synced by itself", () => {
    expect(members(app(automated(), { history }))).not.toHaveProperty("kind");
  });
});

describe("the environment", () => {
  const at = (labels: object, destination: object) =>
    members({
      ...base,
      metadata: { ...base.metadata, labels },
      spec: { ...base.spec, destination },
    })?.environment;

  it.each([
    [{ environment: "production", env: "x" }, { name: "prod-eu", namespace: "shop" }, "production"],
    [{}, { name: "prod-eu", namespace: "shop" }, "prod-eu"],
    [{}, { name: "in-cluster", namespace: "shop-staging" }, "shop-staging"],
    [{}, { server: "https://10.0.0.1" }, "https://10.0.0.1"],
  ])("of labels %j and destination %j is %s", (labels, destination, environment) => {
    expect(at(labels, destination)).toBe(environment);
  });

  it("and the service are what labels say", () => {
    const labels = { service: "checkout" };
    const metadata = { ...base.metadata, labels };
    expect(members({ ...base, metadata })).toMatchObject({ service: "checkout" });
  });
});

describe("the ConfigMap that settings show", () => {
  const given = {
    name: "argocd",
    auth: "bearer" as const,
    username: "",
    header: "",
    address: "https://pushline.example/api/webhooks/argocd",
    origin: "https://pushline.example",
    secret: "s3cret",
    at: started,
  };
  const { data } = parse(argocd.guide.steps(given)[1]?.code ?? "");

  it("is YAML of a service, a template, a trigger and a subscription", () => {
    expect(parse(data["service.webhook.pushline"])).toMatchObject({
      url: given.address,
      headers: [{ name: "Content-Type" }, { value: "Bearer $pushline-secret" }],
    });
    expect(parse(data.subscriptions)).toEqual([
      { recipients: ["pushline"], triggers: ["pushline"] },
    ]);
  });

  it("tells each sync once, not each revision: a rollback would stay silent", () => {
    for (const condition of parse(data["trigger.pushline"]))
      expect(condition).toMatchObject({
        oncePer: "app.status.operationState.startedAt",
        send: ["pushline"],
      });
  });

  it("has a template whose body is read as the whole Application is", () => {
    const root = { app: base, context: { argocdUrl: "https://cd.example" } };
    const body = parse(data["template.pushline"]).webhook.pushline.body.replaceAll(
      /\{\{toJson \.([\w.]+)\}\}/g,
      (_: string, path: string) =>
        JSON.stringify(
          path.split(".").reduce<unknown>((value, step) => Object(value)[step], root) ?? null,
        ),
    );
    expect(members(JSON.parse(body))).toEqual(members(root));
  });
});

it("an application that was never synced is ignored, one without a name unreadable", () => {
  expect(read({ metadata: { name: "new" } })).toMatchObject({ outcome: "ignored" });
  expect(() => read({ metadata: {} })).toThrow(
    expect.objectContaining({ code: "missing_field", field: "metadata.name" }),
  );
  const yaml = { ...deliveryOf("argocd", "application.1.yaml"), body: Buffer.from("a: [") };
  expect(() => readArgocd(yaml)).toThrow(expect.objectContaining({ code: "not_yaml" }));
});
