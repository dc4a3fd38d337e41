import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onlyNew, type SettingsServer, settingsServer } from "@/lib/settings/testing";

let server: SettingsServer;
beforeAll(async () => {
  server = await settingsServer({
    file: {
      teams: [{ name: "payments", timezone: "UTC" }],
      slos: [
        {
          indicator: "recovery",
          scope: { kind: "all", name: "" },
          thresholdSeconds: 1800,
          target: 0.95,
          windowDays: 28,
        },
      ],
      provisioned: {
        sources: [],
        tokens: [],
        teams: [],
        services: [],
        engines: [],
        slos: ["recovery"],
      },
    },
  });
});
afterAll(() => server.close());

const body = { thresholdSeconds: 300, target: 0.95, windowDays: 14 };
const save = (id: string, sent: object = body, headers?: Record<string, string>) =>
  server.ask("PUT", `/objectives/${encodeURIComponent(id)}`, sent, headers);
const remove = (id: string) => server.ask("DELETE", `/objectives/${encodeURIComponent(id)}`);
const slos = async (query = "") => (await server.ask("GET", `/slos${query}`)).body.items;
const thresholdOf = async (id: string) =>
  (await slos()).find((item: { id: string }) => item.id === id)?.thresholdSeconds;

describe("PUT and DELETE /api/v1/objectives/{id}", () => {
  it("200 with an objective that holds at once, and is audited", async () => {
    expect(await thresholdOf("build_duration:team:payments")).toBe(600);
    expect(await save("build_duration:team:payments")).toMatchObject({
      status: 200,
      body: { scope: { team: "payments" }, origin: "settings", provisioned: false, ...body },
    });
    expect(await thresholdOf("build_duration:team:payments")).toBe(300);
    expect(await thresholdOf("build_duration")).toBe(600);
    const row = await server.database.db
      .selectFrom("audit")
      .select(["action", "subject", "details"])
      .orderBy("id", "desc")
      .executeTakeFirst();
    expect(row).toMatchObject({
      action: "objective.saved",
      subject: "build_duration:team:payments",
      details: { before: null, after: body },
    });
  });

  it("200 for a repository, whose name holds a slash", async () => {
    expect((await save("build_duration:repository:acme/checkout")).status).toBe(200);
    const [item] = await slos("?repository=acme/checkout&indicator=build_duration");
    expect(item).toMatchObject({ thresholdSeconds: 300, scope: { repository: "acme/checkout" } });
    const address = `/slos/${encodeURIComponent(item.id)}/burn-down`;
    expect((await server.ask("GET", address)).body.points).toHaveLength(15);
  });

  it("200 with null, which switches it off", async () => {
    await save("rollback_duration:team:payments", { ...body, thresholdSeconds: null });
    expect(await thresholdOf("rollback_duration:team:payments")).toBeUndefined();
    expect(await thresholdOf("rollback_duration")).toBe(60);
    expect((await remove("rollback_duration:team:payments")).status).toBe(200);
    expect(await thresholdOf("rollback_duration:team:payments")).toBe(60);
  });

  it("409 for what pushline.yaml says, and for what is there where only a new one is asked for", async () => {
    expect((await save("recovery")).body.code).toBe("provisioned");
    expect((await remove("recovery")).body.code).toBe("provisioned");
    expect((await save("build_duration:team:payments", body, onlyNew)).body.code).toBe(
      "name_taken",
    );
  });

  it("404 for what names no indicator and scope, and for what settings do not hold", async () => {
    for (const id of ["speed", "build_duration:planet:mars"])
      expect((await save(id)).status).toBe(404);
    expect((await remove("build_duration:service:nobody")).status).toBe(404);
  });

  it("400 for a target without a budget, a window out of range, a team that is not there", async () => {
    expect((await save("recovery:team:payments", { ...body, target: 1 })).status).toBe(400);
    expect((await save("recovery:team:payments", { ...body, windowDays: 400 })).status).toBe(400);
    expect((await save("recovery:team:payments", { ...body, thresholdSeconds: 0 })).status).toBe(
      400,
    );
    expect((await save("recovery:team:nobody")).body.code).toBe("invalid_field");
  });
});

describe("GET /api/v1/objectives", () => {
  it("200 with the usual ones, those of the file and those of settings", async () => {
    const { items } = (await server.ask("GET", "/objectives")).body;
    const origins = Object.fromEntries(
      items.map(({ id, origin }: { id: string; origin: string }) => [id, origin]),
    );
    expect(origins).toMatchObject({
      build_duration: "default",
      recovery: "pushline.yaml",
      "build_duration:team:payments": "settings",
    });
  });
});
