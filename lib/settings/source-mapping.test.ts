import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyReplays } from "@/lib/projection/replay/apply-replays";
import { adoptMappings } from "@/lib/projection/replay/save-mapping";
import { projectAll } from "@/lib/projection/testing";
import { type SettingsServer, settingsServer } from "@/lib/settings/testing";

let server: SettingsServer;
const inFile = {
  name: "of-file",
  provider: "mapping",
  auth: "bearer" as const,
  secrets: ["secret-of-the-file"],
  username: null,
  header: null,
  mapping: [
    { fact: { type: "release" as const, id: "id", service: "s", environment: "e", at: "at" } },
  ],
};
beforeAll(async () => {
  server = await settingsServer({ sources: [inFile] });
  const added = await server.ask("POST", "/sources", { name: "train", provider: "mapping" });
  for (const number of [1, 2])
    await fetch(`${server.url}/api/webhooks/train`, {
      method: "POST",
      headers: { authorization: `Bearer ${added.body.secret}` },
      body: JSON.stringify({ number, app: "web", ok: number === 1 }),
    });
  await projectAll(server.context);
});
afterAll(() => server.close());

const rules = (status: string) => `# What the train tells of
- fact:
    type: deployment
    id: number
    service: app
    environment: "'production'"
    revision: "'abc' & number"
    status: ${status}
`;
const right = rules(`"ok ? 'succeeded' : 'failed'"`);
const newest = async () => (await server.ask("GET", "/deliveries?source=train")).body.items[0];
const facts = async () =>
  (await server.ask("GET", "/deployments")).body.items.map((one: { status: string }) => one.status);

describe("the mapping of a source", () => {
  it("shows of a delivery that it is tried on no secret that the inbox hides", async () => {
    const { id: delivery } = await newest();
    const sent = "'ghp_0123456789abcdefghij and secret-of-the-file'";
    const spoken = right.replace("service: app", `service: app\n    version: "${sent}"`);
    const refused = rules(`"$number(${sent})"`);
    const ask = (path: string, body: object) =>
      server.ask("POST", `/sources/train/${path}/preview`, body);
    const answers = [
      await ask("mapping", { mapping: spoken, delivery }),
      await ask("mapping", { mapping: refused, delivery }),
      await ask("replay", { mapping: spoken }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(JSON.stringify(answers)).not.toMatch(/ghp_0123|secret-of-the-file/);
    expect(answers[0]?.body.facts[0].members).toMatchObject({
      version: "[hidden] and [hidden]",
      service: "web",
    });
    expect(JSON.stringify(answers[2]?.body.items)).toContain("[hidden] and [hidden]");
  });

  it("is tried on a kept delivery, and stores nothing", async () => {
    const { id: delivery, outcome } = await newest();
    expect(outcome).toBe("ignored");
    const told = await server.ask("POST", "/sources/train/mapping/preview", {
      mapping: right,
      delivery,
    });
    expect(told).toMatchObject({
      status: 200,
      body: {
        outcome: "accepted",
        error: null,
        facts: [{ noun: "deployment", key: "train/2", members: { status: "failed" } }],
      },
    });
    const failed = await server.ask("POST", "/sources/train/mapping/preview", {
      mapping: rules("app"),
      delivery,
    });
    expect(failed.body).toMatchObject({
      outcome: "failed",
      error: { code: "invalid_event", detail: expect.stringContaining("mapping[0].fact.status") },
    });
    expect(await facts()).toEqual([]);
  });

  it("is refused with every mistake and its line", async () => {
    const refused = await server.ask("PUT", "/sources/train/mapping", {
      mapping: `${rules('"ok ?"')}    colour: red\n`,
    });
    expect(refused).toMatchObject({
      status: 400,
      body: {
        code: "invalid_field",
        errors: [
          { field: "mapping[0].fact.status (line 8)" },
          { field: "mapping[0].fact.colour (line 9)" },
        ],
      },
    });
    const broken = await server.ask("PUT", "/sources/train/mapping", { mapping: "- fact: {" });
    expect(broken.body.errors[0].field).toMatch(/^mapping \(line 1\)/);
    const variable = await server.ask("PUT", "/sources/train/mapping", {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as pushline.yaml has variables.
      mapping: rules("${DATABASE_URL}"),
    });
    expect(variable).toMatchObject({ status: 400 });
  });

  it("tells before what it would make of all that is kept", async () => {
    const told = await server.ask("POST", "/sources/train/replay/preview", {
      mapping: right,
      limit: 1,
    });
    expect(told.body).toMatchObject({
      kept: 2,
      looked: 2,
      outcomes: [{ from: "ignored", to: "accepted", deliveries: 2 }],
      facts: { appears: 2, changes: 0, vanishes: 0 },
    });
    expect(told.body.items).toHaveLength(1);
    const rest = await server.ask("POST", "/sources/train/replay/preview", {
      mapping: right,
      limit: 1,
      cursor: told.body.nextCursor,
    });
    expect(rest.body.items).toHaveLength(1);
    expect(rest.body.items[0].id).not.toBe(told.body.items[0].id);
    expect(rest.body.nextCursor).toBeNull();
  });

  it("is saved, audited, told as it was written, and read by", async () => {
    const saved = await server.ask("PUT", "/sources/train/mapping", { mapping: right });
    expect(saved).toMatchObject({ status: 200, body: { mapping: right, deliveries: 2 } });
    expect((await server.ask("GET", "/sources/train/replay")).body.replay).toMatchObject({
      done: 0,
      total: 2,
      finishedAt: null,
    });
    await applyReplays(server.context, Number.POSITIVE_INFINITY);
    expect((await facts()).sort()).toEqual(["failed", "succeeded"]);
    const { replay } = (await server.ask("GET", "/sources/train/replay")).body;
    expect(replay).toMatchObject({ done: 2, changed: 2, finishedAt: expect.any(String) });
    const audit = await server.ask("GET", "/audit?limit=1");
    expect(audit.body.items[0]).toMatchObject({
      action: "source.mapped",
      details: { rules: 1, deliveries: 2 },
    });
  });

  it("stays when its source is removed, and what that sent is read by it", async () => {
    await server.ask("DELETE", "/sources/train");
    expect(await server.ask("POST", "/sources/train/replay")).toMatchObject({ status: 202 });
    await applyReplays(server.context, Number.POSITIVE_INFINITY);
    expect(await facts()).toHaveLength(2);
    expect((await server.ask("GET", "/sources/train/replay")).body.replay.changed).toBe(0);
    const audit = await server.ask("GET", "/audit?limit=1");
    expect(audit.body.items[0]).toMatchObject({ action: "source.replayed", subject: "train" });
  });

  it("of pushline.yaml is shown, and changed there alone", async () => {
    await adoptMappings(server.context);
    const shown = await server.ask("GET", "/sources/of-file/mapping");
    expect(shown.body).toMatchObject({ provisioned: true });
    expect(shown.body.mapping).toContain("type: release");
    expect(await server.ask("PUT", "/sources/of-file/mapping", { mapping: right })).toMatchObject({
      status: 409,
      body: { code: "provisioned" },
    });
  });

  it("is nothing that a source with a reader has", async () => {
    await server.ask("POST", "/sources", { name: "hub", provider: "github" });
    expect(await server.ask("GET", "/sources/hub/mapping")).toMatchObject({ status: 409 });
    expect(await server.ask("GET", "/sources/nobody/mapping")).toMatchObject({ status: 404 });
    expect(await server.ask("POST", "/sources/nobody/replay")).toMatchObject({ status: 404 });
  });
});
