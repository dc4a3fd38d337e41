import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TestClone } from "@/lib/backfill/git/testing-clone";
import { digest } from "@/lib/facts/digest";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { forgetEverything, settleAll } from "@/lib/projection/testing";
import { backfillFromClone } from "@/scripts/backfill/from-clone";
import { type Options, readOptions, usage } from "@/scripts/backfill/options";
import { sendEvents } from "@/scripts/backfill/send-events";

let server: TestServer;
let clone: TestClone;
beforeAll(async () => {
  server = await testServer();
  clone = new TestClone();
  clone.git("remote", "add", "origin", "https://ana:hunter2@github.com/acme/shop.git");
  clone.commit("2026-01-01T10:00:00Z", "one", { a: "1" });
  clone.gitAt("2026-01-01T12:00:00Z", "tag", "-a", "v1", "-m", "one");
  clone.commit("2026-01-02T10:00:00Z", "two", { a: "2" });
  clone.git("checkout", "-q", "-b", "side");
  clone.commit("2026-01-02T11:00:00Z", "three", { b: "1" });
  clone.git("checkout", "-q", "main");
  clone.gitAt("2026-01-02T12:00:00Z", "merge", "-q", "--no-ff", "-m", "merge", "side");
  clone.gitAt("2026-01-03T12:00:00Z", "tag", "-a", "v2", "-m", "two");
});
afterAll(async () => {
  await server.close();
  clone.remove();
});
beforeEach(() => forgetEverything(server.database.db));

const options = (...more: string[]) =>
  readOptions(["--git", clone.folder, "--url", server.url, ...more], {
    PUSHLINE_TOKEN: bearer("sender").authorization.replace("Bearer ", ""),
  }) as Extract<Options, { kind: "git" }>;
const tagged = () => options("--tags", "v*", "--environment", "production");

describe("a backfill from a clone", () => {
  it("tells commits and tags, so that each deployment has its changes; a rebuild agrees", async () => {
    const lines: string[] = [];
    const told = await backfillFromClone(
      tagged(),
      (line) => lines.push(line),
      () => undefined,
    );
    expect(told).toEqual({ commits: 4, tags: 2, fresh: 6, undated: 0 });
    expect(lines[0]).toBe("The repository is acme/shop, as its remote says.");
    expect(lines.join("\n")).not.toContain("hunter2");
    await settleAll(server.context);
    const deployments = await server.database.db
      .selectFrom("deployments")
      .select(["service", "environment", "version", "kind", "change_count", "author"])
      .orderBy("at")
      .execute();
    expect(deployments).toMatchObject([
      { service: "shop", environment: "production", version: "v1", kind: "first", author: "Bo" },
      { version: "v2", kind: "deploy", change_count: 2 },
    ]);
    const live = await digest(server.database.db);
    const { url } = server.database;
    const { clock, config } = server.context;
    expect((await rebuild({ url, config, clock, log: () => undefined })).after).toBe(live);
  });

  it("run again tells nothing new", async () => {
    await backfillFromClone(
      tagged(),
      () => undefined,
      () => undefined,
    );
    const again = await backfillFromClone(
      tagged(),
      () => undefined,
      () => undefined,
    );
    expect(again).toEqual({ commits: 4, tags: 2, fresh: 0, undated: 0 });
  });

  it("says in words what git, the server or the clone will not have", async () => {
    const silent = () => undefined;
    const run = (given: ReturnType<typeof options>) => backfillFromClone(given, silent, silent);
    await expect(run({ ...options(), branch: "gone" })).rejects.toThrow("There is no branch gone");
    await expect(run({ ...options(), token: "wrong" })).rejects.toThrow("needs the scope ingest");
    const away = { ...options(), url: "http://127.0.0.1:9/" };
    await expect(backfillFromClone(away, silent, silent, async () => undefined)).rejects.toThrow(
      "Nothing answers",
    );
  });
});

describe("events on their way", () => {
  it("go in requests that are taken whole, however many and large they are", async () => {
    const sizes: number[] = [];
    const event = (index: number, message: string) => ({
      type: "change" as const,
      id: `${index}`,
      repository: "acme/large",
      revision: `${index}`,
      authoredAt: "2026-01-01T10:00:00Z",
      message,
    });
    const events = [
      ...Array.from({ length: 1_500 }, (_, index) => event(index, "small")),
      ...Array.from({ length: 200 }, (_, index) => event(2_000 + index, "x".repeat(60_000))),
    ];
    const receiver = { url: server.url, token: options().token };
    let before = 0;
    const counts = await sendEvents(receiver, events, ({ sent }) => {
      sizes.push(sent - before);
      before = sent;
    });
    expect(counts).toEqual({ sent: 1_700, fresh: 1_700 });
    expect(sizes[0]).toBe(1_000);
    expect(sizes.length).toBeGreaterThan(3);
  });
});

describe("the command line", () => {
  it.each([
    [["--git", ".", "--github", "acme/shop"], "either --git or one provider"],
    [["--git", ".", "--tags", "v*"], "--tags needs --environment"],
    [["--git", ".", "--service", "shop"], "give --tags too"],
    [["--git", ".", "--since", "yesterday"], "--since yesterday"],
    [["--git", ".", "--url", "ftp://x"], "--url: expected"],
    [["--git", ".", "--branch"], "--branch"],
  ])("%j is refused: %s", (given, words) => {
    expect(() => readOptions(given, { PUSHLINE_TOKEN: "t" })).toThrow(words);
  });

  it("without a token a clone has nowhere to go", () => {
    expect(() => readOptions(["--git", "."], {})).toThrow("scope ingest");
  });

  it("takes GitHub's token from the environment alone, and a day as midnight in UTC", () => {
    const given = ["--github", "acme/shop", "--since", "2026-01-01"];
    expect(readOptions(given, { GITHUB_TOKEN: "secret" })).toEqual({
      kind: "api",
      provider: "github",
      missed: false,
      subject: "acme/shop",
      source: null,
      api: null,
      token: "secret",
      since: new Date("2026-01-01T00:00:00Z"),
    });
  });

  it("asked for help, or nothing, tells what there is", () => {
    expect(readOptions([], {})).toEqual({ kind: "help" });
    expect(readOptions(["--help"], {})).toEqual({ kind: "help" });
    for (const name of ["--git", "--tags", "--github", "GITHUB_TOKEN"])
      expect(usage).toContain(name);
  });
});
