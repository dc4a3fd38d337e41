import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "@/lib/auth/testing";
import { type SettingsServer, settingsServer } from "@/lib/settings/testing";

let server: SettingsServer;
beforeAll(async () => {
  server = await settingsServer({ file: { teams: [{ name: "of-file", timezone: "UTC" }] } });
});
afterAll(() => server.close());

const listed = async (name: string) =>
  (await server.ask("GET", "/teams")).body.items.find(
    (team: { name: string }) => team.name === name,
  );

describe("PUT and DELETE /api/v1/teams/{name}", () => {
  it("200 with a team that is there at once, and another time zone afterwards", async () => {
    const made = await server.ask("PUT", "/teams/payments", { timezone: "Europe/Berlin" });
    expect(made).toMatchObject({
      status: 200,
      body: { name: "payments", timezone: "Europe/Berlin", provisioned: false, members: [] },
    });
    expect(await listed("payments")).toEqual(made.body);
    await server.ask("PUT", "/teams/payments", {});
    expect(await listed("payments")).toMatchObject({ timezone: "UTC" });
  });

  it("lists who is in it, and forgets them with it", async () => {
    const { person } = await signedIn(server.context, {
      name: "Ana",
      teams: { payments: "admin" },
    });
    expect((await listed("payments")).members).toEqual([
      { person: person.id, name: "Ana", role: "admin" },
    ]);
    expect(await server.ask("DELETE", "/teams/payments")).toMatchObject({ status: 200 });
    expect(await listed("payments")).toBeUndefined();
    await server.ask("PUT", "/teams/payments", {});
    expect((await listed("payments")).members).toEqual([]);
  });

  it("409 for one that is in use, told by what", async () => {
    await server.ask("PUT", "/service-rules/checkout", { repository: null, team: "payments" });
    const reach = { kind: "team", name: "payments" };
    const token = await server.ask("POST", "/tokens", { name: "ci", scopes: ["read"], reach });
    const refused = await server.ask("DELETE", "/teams/payments");
    expect(refused).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(refused.body.detail).toMatch(/service checkout, token ci/);
    await server.ask("DELETE", "/service-rules/checkout");
    await server.ask("DELETE", `/tokens/${token.body.token.id}`);
    expect((await server.ask("DELETE", "/teams/payments")).status).toBe(200);
  });

  it("409 for a team of pushline.yaml, 404 for none, 400 for no time zone", async () => {
    for (const method of ["PUT", "DELETE"])
      expect(
        await server.ask(method, "/teams/of-file", method === "PUT" ? {} : undefined),
      ).toMatchObject({
        status: 409,
        body: { code: "provisioned" },
      });
    expect((await server.ask("DELETE", "/teams/nobody")).status).toBe(404);
    const nowhere = await server.ask("PUT", "/teams/search", { timezone: "Nowhere/City" });
    expect(nowhere).toMatchObject({ status: 400, body: { field: "timezone" } });
  });
});
