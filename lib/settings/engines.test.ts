import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEngine } from "@/lib/engines/engine";
import { onlyNew, type SettingsServer, settingsServer } from "@/lib/settings/testing";

let server: SettingsServer;
beforeAll(async () => {
  server = await settingsServer({
    file: { engines: [{ name: "of-file", url: "http://ana:hunter2@127.0.0.1:9090/" }] },
  });
});
afterAll(() => server.close());

const save = (name: string, body: object) => server.ask("PUT", `/engines/${name}`, body);
const authorizationOf = async (name: string) =>
  (await readEngine(server.context, name)).authorization;

describe("PUT /api/v1/engines/{name}", () => {
  it("200 with a credential that is sealed and never shown", async () => {
    const credential = { token: "engine-secret" };
    expect(await save("mimir", { url: "https://mimir.example/prometheus", credential })).toEqual({
      status: 200,
      body: {
        name: "mimir",
        url: "https://mimir.example/prometheus",
        hasCredential: true,
        provisioned: false,
      },
    });
    expect(await authorizationOf("mimir")).toBe("Bearer engine-secret");
    const { rows } = await sql<{ all: string }>`
      select concat((select json_agg(a) from audit a),
        (select string_agg(encode(sealed_credential, 'escape'), ' ') from configured_engines)) as all`.execute(
      server.database.db,
    );
    expect(rows[0]?.all).toContain("engine.saved");
    expect(rows[0]?.all).not.toContain("engine-secret");
    const listed = await server.ask("GET", "/engines");
    expect(JSON.stringify(listed)).not.toMatch(/engine-secret|hunter2|ana/);
    expect(listed.body.items).toMatchObject([
      { name: "mimir", provisioned: false },
      { name: "of-file", hasCredential: true, provisioned: true },
    ]);
  });

  it("keeps the credential at the same host, and takes it nowhere else", async () => {
    await save("mimir", { url: "https://mimir.example/other" });
    expect(await authorizationOf("mimir")).toBe("Bearer engine-secret");
    const elsewhere = await save("mimir", { url: "https://attacker.example/" });
    expect(elsewhere.body).toMatchObject({ hasCredential: false });
    expect(await authorizationOf("mimir")).toBeNull();
    const credential = { username: "ana", password: "p:w" };
    await save("mimir", { url: "https://mimir.example/", credential });
    expect(await authorizationOf("mimir")).toBe(
      `Basic ${Buffer.from("ana:p:w").toString("base64")}`,
    );
    expect(
      (await save("mimir", { url: "https://mimir.example/", credential: null })).body,
    ).toMatchObject({ hasCredential: false });
  });

  it("409 for a name that is taken where only a new one is asked for, and it stays where it was", async () => {
    await save("thanos", { url: "https://thanos.example/" });
    const anew = (name: string) =>
      server.ask("PUT", `/engines/${name}`, { url: "https://other.example/" }, onlyNew);
    const taken = await anew("thanos");
    expect(taken).toMatchObject({ status: 409, body: { code: "name_taken", field: "name" } });
    expect((await readEngine(server.context, "thanos")).url.href).toBe("https://thanos.example/");
    expect((await anew("cortex")).status).toBe(200);
    for (const name of ["thanos", "cortex"]) await server.ask("DELETE", `/engines/${name}`);
  });

  it.each([
    "http://2852039166/",
    "http://[::ffff:169.254.169.254]/",
    "http://metadata.google.internal/",
    "http://0.0.0.0:9090/",
    "http://ana:hunter2@prometheus:9090/",
    "http://prometheus:9090/?tenant=a",
    "file:///etc/passwd",
    "ftp://prometheus/",
    "prometheus:9090",
    "",
  ])("400 for the address %s", async (url) => {
    const refused = await save("refused", { url });
    expect(refused).toMatchObject({ status: 400, body: { code: "invalid_field", field: "url" } });
    expect(JSON.stringify(refused)).not.toContain("hunter2");
  });

  it.each([
    { token: "two\r\nlines" },
    { token: "" },
    { username: "a:b", password: "c" },
    { username: "a" },
    "secret",
  ])("400 for the credential %j", async (credential) => {
    expect((await save("refused", { url: "http://prometheus:9090", credential })).status).toBe(400);
  });

  it("409 for one of pushline.yaml; 404 for none", async () => {
    expect((await save("of-file", { url: "http://127.0.0.1:9" })).body.code).toBe("provisioned");
    expect((await server.ask("DELETE", "/engines/of-file")).body.code).toBe("provisioned");
    expect((await server.ask("DELETE", "/engines/nobody")).status).toBe(404);
    expect((await server.ask("POST", "/engines/nobody/check")).status).toBe(404);
  });

  it("is checked, and says why it does not answer", async () => {
    await save("absent", { url: "http://127.0.0.1:9/" });
    expect(await server.ask("POST", "/engines/absent/check")).toMatchObject({
      status: 200,
      body: { ok: false, version: null, problem: { code: "not_reached" } },
    });
    expect((await server.ask("DELETE", "/engines/absent")).status).toBe(200);
  });
});
