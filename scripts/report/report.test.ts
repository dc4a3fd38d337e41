import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { settleAll } from "@/lib/projection/testing";

const root = new URL("../../", import.meta.url);
const pathOf = (name: string) => new URL(name, root).pathname;
const script = readFileSync(pathOf("actions/report/report.sh"), "utf8");
const revision = "0123456789abcdef0123456789abcdef01234567";

let server: TestServer;
beforeAll(async () => {
  server = await testServer({
    sources: [
      testSource({ name: "ours", provider: "native", auth: "bearer", secrets: ["its-secret"] }),
    ],
  });
});
afterAll(() => server.close());

interface Ended {
  code: number | null;
  said: string;
  complained: string;
}

/** From a folder that is not the package's, with nothing of this machine's CI. */
function run(command: string, parameters: string[], variables: Record<string, string>) {
  return new Promise<Ended>((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: tmpdir(),
      env: {
        NODE_ENV: "test",
        PATH: process.env.PATH,
        PUSHLINE_URL: server.url,
        PUSHLINE_TOKEN: "ingest-only-token",
        ...variables,
      },
    });
    const ended = { said: "", complained: "" };
    child.stdout.on("data", (text) => {
      ended.said += text;
    });
    child.stderr.on("data", (text) => {
      ended.complained += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...ended }));
  });
}
const pushline = (parameters: string[], variables: Record<string, string> = {}) =>
  run(process.execPath, [pathOf("scripts/pushline.mjs"), "report", ...parameters], variables);

/** As the source told it: what two tell of one revision at once is one deployment. */
async function deployments(source: string) {
  await settleAll(server.context);
  return server.database.db
    .selectFrom("deployment_reports")
    .select(["service", "environment", "status", "version", "declared_kind", "repository"])
    .where("source", "=", source)
    .orderBy("started_at")
    .orderBy("id")
    .execute();
}

describe("pushline report", () => {
  const checkout = ["--service", "checkout", "--environment", "production"];
  const known = ["--revision", revision];

  it("tells of a deployment that runs, then of its end, as one", async () => {
    const ci = { GITHUB_RUN_ID: "1", GITHUB_SHA: revision, GITHUB_REPOSITORY: "acme/checkout" };
    expect((await pushline(["deployment", ...checkout, "--status", "running"], ci)).code).toBe(0);
    expect(await deployments("sender")).toMatchObject([{ status: "running" }]);
    const ended = await pushline(["deployment", ...checkout, "--version", "1.2"], ci);
    expect(ended).toMatchObject({ code: 0, said: expect.stringContaining("accepted") });
    expect(await deployments("sender")).toMatchObject([
      { service: "checkout", status: "succeeded", version: "1.2", repository: "acme/checkout" },
    ]);
  });

  it("tells of a rollback, to a source's own address by its secret", async () => {
    const ours = {
      PUSHLINE_URL: `${server.url}/api/webhooks/ours`,
      PUSHLINE_TOKEN: "its-secret",
    };
    expect((await pushline(["rollback", ...checkout, ...known], ours)).code).toBe(0);
    expect(await deployments("ours")).toMatchObject([{ declared_kind: "rollback" }]);
  });

  it.each([
    ["build", ["--repository", "acme/checkout", "--name", "ci", "--attempt", "2"]],
    ["test-run", ["--repository", "acme/checkout", "--tests", "12", "--failed", "1"]],
  ])("tells of a %s", async (what, parameters) => {
    const ended = await pushline([what, ...parameters, ...known, "--status", "failed"]);
    expect(ended).toMatchObject({ code: 0, said: expect.stringContaining("accepted") });
  });

  it("sends a report of tests as it is", async () => {
    const file = pathOf("lib/sources/junit/fixtures/index.json");
    const [report] = parse(readFileSync(file, "utf8")) as { file: string }[];
    const ended = await pushline([
      ...["test-run", "--repository", "acme/checkout", "--name", "unit", ...known],
      ...["--junit", pathOf(`lib/sources/junit/fixtures/${report?.file}`)],
    ]);
    expect(ended).toMatchObject({ code: 0, said: expect.stringContaining("delivery") });
  });

  it.each([
    [["deployment", "--service", "a", "--environment", "b"], {}, /--revision is missing/],
    [["deployment", "--color", "red"], {}, /Unknown option '--color'.*--environment/],
    [["deployment", "--token", "secret"], {}, /PUSHLINE_TOKEN/],
    [["parade"], {}, /deployment, rollback, build, test-run/],
    [["build"], { PUSHLINE_TOKEN: "" }, /PUSHLINE_TOKEN is not set/],
    [["build"], { PUSHLINE_URL: "pushline" }, /PUSHLINE_URL/],
    [["build"], { PUSHLINE_URL: "https://ci:hunter2@127.0.0.1" }, /^(?!.*hunter2).*names no user/],
    [["deployment", ...checkout, ...known, "--status", "fine"], {}, /--status is fine/],
    [["deployment", ...checkout, ...known], { PUSHLINE_TOKEN: "wrong" }, /401/],
  ])("%j is refused with 2 and says why", async (parameters, variables, words) => {
    const { code, complained } = await pushline(parameters, variables);
    expect(complained).toMatch(words);
    expect(code).toBe(2);
  });

  it("shows what it would send, without a token", async () => {
    const parameters = ["deployment", ...checkout, ...known, "--dry-run"];
    const { code, said } = await pushline(parameters, { PUSHLINE_TOKEN: "" });
    expect(code).toBe(0);
    expect(said).toMatch(/^POST .*\/api\/v1\/events\n\{"type":"deployment"/);
  });

  it("tries again where it is told to wait, and says so", async () => {
    const answers = [503, 429, 202];
    const asked: string[] = [];
    const busy = createServer((request, response) => {
      asked.push(request.headers.authorization ?? "");
      response.writeHead(answers.shift() ?? 500, { "retry-after": "0" }).end("{}");
    });
    await new Promise<void>((ready) => busy.listen(0, "127.0.0.1", ready));
    const { port } = busy.address() as AddressInfo;
    const ended = await pushline(["deployment", ...checkout, ...known], {
      PUSHLINE_URL: `http://127.0.0.1:${port}`,
    });
    busy.close();
    expect(asked).toEqual(Array(3).fill("Bearer ingest-only-token"));
    expect(ended).toMatchObject({ code: 0, complained: expect.stringMatching(/503[\s\S]*429/) });
    expect(ended.complained).not.toContain("ingest-only-token");
  });
});

describe("the action's shell", () => {
  const tell = (variables: Record<string, string>) =>
    run("sh", [pathOf("actions/report/report.sh")], { PUSHLINE_REVISION: revision, ...variables });
  const web = { PUSHLINE_SERVICE: "web", PUSHLINE_ENVIRONMENT: "staging" };

  it("tells of a deployment by a job's own words for how it went", async () => {
    const ended = await tell({
      ...web,
      PUSHLINE_STATUS: "failure",
      PUSHLINE_VERSION: 'a "quoted" \\ one\n',
      GITHUB_RUN_ID: "7",
    });
    expect(ended).toMatchObject({ code: 0, said: expect.stringContaining("accepted") });
    const told = (await deployments("sender")).filter(({ service }) => service === "web");
    expect(told).toMatchObject([{ status: "failed", version: 'a "quoted" \\ one' }]);
  });

  it.each(["rollback", "build", "test-run"])("tells of a %s", async (event) => {
    const ended = await tell({
      ...(event === "rollback" && web),
      PUSHLINE_EVENT: event,
      PUSHLINE_REPOSITORY: "acme/web",
    });
    expect(ended).toMatchObject({ code: 0, said: expect.stringContaining("accepted") });
  });

  it("fails where Pushline refuses, and shows its reason", async () => {
    const ended = await tell({ PUSHLINE_SERVICE: "web" });
    expect(ended.code).not.toBe(0);
    expect(ended.said).toContain("environment");
    expect((await tell({ ...web, PUSHLINE_TOKEN: "wrong" })).code).not.toBe(0);
    expect((await tell({ ...web, PUSHLINE_STATUS: "fine" })).code).toBe(2);
  });

  it("is given every input of the action, and each of its variables is one", () => {
    const action = parse(readFileSync(pathOf("actions/report/action.yml"), "utf8"));
    const [{ env, run: line }] = action.runs.steps;
    expect(line).toContain("report.sh");
    const given = JSON.stringify(env);
    for (const input of Object.keys(action.inputs)) expect(given).toContain(`inputs.${input} }}`);
    for (const variable of Object.keys(env)) expect(script).toContain(variable);
  });
});

describe("the GitLab template", () => {
  const template = parse(readFileSync(pathOf("templates/gitlab-ci.yml"), "utf8"));
  const base = template[".pushline-report"];

  it("runs the very script of the action", () => {
    expect(base.script).toEqual([script]);
  });

  it.each(["deployment", "rollback", "build", "test-run"])(
    "has a hidden job to extend for a %s, whose lines report it",
    async (event) => {
      const job = template[`.pushline-${event}`];
      expect(job.extends).toBe(".pushline-report");
      const ended = await run("sh", ["-c", base.script.join("\n")], {
        ...base.variables,
        ...job.variables,
        CI_PROJECT_PATH: "acme/api",
        CI_COMMIT_SHA: revision,
        CI_PIPELINE_ID: "9",
        PUSHLINE_SERVICE: "api",
        PUSHLINE_ENVIRONMENT: "production",
      });
      expect(ended).toMatchObject({ code: 0, said: expect.stringContaining("accepted") });
    },
  );
});
